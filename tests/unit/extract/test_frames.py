"""The frames as a table: what other files ask of them by name is there."""

from reading import VOCABULARY

from paperhouse.extract import frames
from paperhouse.extract.claims import cue_words
from paperhouse.extract.patterns import AWAY


def test_what_is_asked_for_by_name_is_a_frame() -> None:
    rules = {frame.rule for frame in frames.frames(VOCABULARY)}
    groups = {name: value for name, value in vars(frames).items() if name.isupper() and isinstance(value, tuple)}
    groups = {name: value for name, value in groups.items() if not name.startswith("_")}
    assert "SELF_STANDING" in groups
    for name, group in groups.items():
        assert set(group) <= rules, name
        assert len(set(group)) == len(group), name


def test_a_frame_needs_a_kind_of_words_that_there_is() -> None:
    kinds = {*cue_words(VOCABULARY.directions, VOCABULARY.measures), "decimals", ""}
    assert {frame.needs for frame in frames.frames(VOCABULARY)} <= kinds


def test_the_seed_says_which_way_lies_what_is_above_or_below() -> None:
    known = VOCABULARY.directions["phrase"].to_list()
    assert set(AWAY.split("|")) <= set(known)
