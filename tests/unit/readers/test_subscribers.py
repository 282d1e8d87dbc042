"""The file of subscribers."""

from pathlib import Path

import pytest

from paperhouse.readers.subscribers import Subscriber, SubscribersError, read_subscribers

TOPICS = {"quantization", "agents"}


def _read(folder: Path, text: str) -> tuple[Subscriber, ...]:
    path = folder / "subscribers.toml"
    path.write_text(text)
    return read_subscribers(path, TOPICS)


def test_each_has_an_address_and_may_choose_topics_and_digests(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        '[[subscriber]]\naddress = "a@example.org"\n'
        '[[subscriber]]\naddress = "b@example.org"\ntopics = ["agents"]\ndigests = ["daily", "weekly"]\n',
    )
    assert found == (
        Subscriber(address="a@example.org"),
        Subscriber(address="b@example.org", topics=("agents",), digests=("daily", "weekly")),
    )
    assert (found[0].topics, found[0].digests) == ((), ("daily",))


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_subscribers(tmp_path / "none.toml", TOPICS) == ()
    assert _read(tmp_path, "") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[subscriber]", "line 1"),
        ("\x00", "line 1"),
        ("[[subscriber]]\ntopics = []\n", "subscriber 1, address: Field required"),
        ('[[subscriber]]\naddress = "nobody"\n', "subscriber 1, address: no address of mail"),
        *(
            (f'[[subscriber]]\naddress = "{odd}"\n', "subscriber 1, address: no address of mail")
            for odd in (
                "jürgen@e.org",
                "a@[1",
                "[@x",
                "a@b.",
                "g:a@b",
                "=?utf-8?q?x?=@b.org",
                "A <a@b.c>",
                "a@b@c",
                "@",
                "",
            )
        ),
        ('[[subscriber]]\naddress = "a@b.c\\nBcc: d@e.f"\n', "no address of mail"),
        ('[[subscriber]]\naddress = "a@b.c"\ntopic = ["agents"]\n', "subscriber 1, topic: Extra inputs"),
        ('[[subscriber]]\naddress = "a@b.c"\ntopics = ["bread"]\n', "subscriber 1: no such topic: bread"),
        (
            '[[subscriber]]\naddress = "a@b.c"\ndigests = ["hourly"]\n',
            "subscriber 1, digests: Input should be 'daily' or 'weekly'",
        ),
        ('[[subscriber]]\naddress = "a@b.c"\ndigests = []\n', "subscriber 1, digests"),
        (
            '[[subscriber]]\naddress = "a@b.c"\n[[subscriber]]\naddress = "A@b.c"\n',
            "subscriber 2: A@b.c is there twice",
        ),
        ("subscribers = 3", "subscribers: Extra inputs"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_file_and_the_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SubscribersError) as error:
        _read(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "subscribers.toml"))
    assert told in str(error.value)
