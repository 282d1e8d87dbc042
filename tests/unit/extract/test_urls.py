"""What one written URL is: hosts by their seed rows, parts of an address, canonical forms that are their own."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperhouse.extract.urls import URL_SCHEMA, read_urls
from paperhouse.vocabulary import Vocabulary

HOSTS = Vocabulary.read(Path(__file__).parents[3] / "dbt_project" / "seeds").hosts


def read(*written):
    frame = pl.DataFrame({"n": range(len(written)), "written": written}, schema={"n": pl.Int64, "written": pl.String})
    return read_urls(frame, "written", HOSTS).to_dicts()


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://user@site.org:443/a//b/", "https://site.org/a/b"),
        ("http://site.org:8080/a?x=1#top", "https://site.org:8080/a?x=1#top"),
        ("https://site.org?utm_source=a&ref=b#/", "https://site.org"),
        ("https://site.org/a?=usp=share&id=2", "https://site.org/a?id=2"),
        ("HTTPS://WWW.SITE.ORG/Path", "https://site.org/Path"),
        ("site.org/a:b", "https://site.org/a:b"),
        ("github.com/.@", "https://github.com/.@"),
        ("https://git.tu-berlin.de/rsim/CSMoE", "https://git.tu-berlin.de/rsim/csmoe"),
        ("https://dataverse.nl/dataset.xhtml?id=1", "https://dataverse.nl/dataset.xhtml?id=1"),
        ("https://huggingface.co/datasets/squad", "https://huggingface.co/datasets/squad"),
        ("https://huggingface.co/models/Org/Name", "https://huggingface.co/org/name"),
        ("https://huggingface.co/docs/x", "https://huggingface.co/docs/x"),
        ("https://github.com/orgs/Org/repositories", "https://github.com/org"),
        *(
            (written, None)
            for written in (None, "", "https://", "site", "site.org:port/a", "a b", "https://github.com/")
        ),
        *((written, None) for written in ("https://arxiv.org/abs/1", "https://huggingface.co/papers/1", "1.2.3/4")),
    ],
)
def test_an_address_has_one_canonical_form(written, url):
    (found,) = read(written)
    assert found["url"] == url
    assert url is not None or all(found[name] is None for name in URL_SCHEMA)


def test_every_host_of_the_seed_is_known_by_its_own_row():
    rows = HOSTS.filter(~pl.col("host").str.contains("*", literal=True) & (pl.col("shape") == "page"))
    found = read(*(f"https://{host}/some/page" for host in rows["host"]))
    assert [f["kind"] for f in found] == rows["kind"].to_list()


@settings(max_examples=100)
@given(st.lists(st.one_of(st.none(), st.text(), st.text("htps:/.wgiubcomaefk-_%{}()\\~#?&=@$é 1")), max_size=4))
def test_any_strings_give_a_row_each_in_their_order(written):
    found = read(*written)
    assert [f["n"] for f in found] == list(range(len(written)))
    for f in found:
        assert f["url"] is None or f["url"].startswith("https://")
        assert f["url"] is None or read(f["url"])[0]["url"] == f["url"], "a canonical url is its own canonical form"
