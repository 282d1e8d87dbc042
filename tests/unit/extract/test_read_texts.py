"""What all extractors have in common: columns as agreed, and texts read alone or together give the same rows."""

import polars as pl

from paperhouse.agreement import page_texts
from paperhouse.extract import EXTRACTS, TEXT, read_texts
from paperhouse.settings import SEEDS
from paperhouse.vocabulary import Vocabulary

VOCABULARY = Vocabulary.read(SEEDS)


def test_every_extract_has_the_columns_agreed_on() -> None:
    for name, rows in read_texts(page_texts(), VOCABULARY).items():
        assert rows.schema == EXTRACTS[name], name
        assert rows.height > 0, name


def test_nothing_to_read_gives_nothing() -> None:
    empty = pl.DataFrame(schema=TEXT)
    nothing = pl.DataFrame({"text_id": ["a"], "title": [None], "abstract": [None]}, schema=TEXT)
    for texts in (empty, nothing):
        found = read_texts(texts, VOCABULARY)
        assert {name: rows.schema for name, rows in found.items()} == EXTRACTS
        assert all(rows.is_empty() for rows in found.values())


def test_texts_read_in_any_order_and_any_batches_give_the_same_rows() -> None:
    texts = page_texts()
    together = read_texts(texts, VOCABULARY)
    batches = [read_texts(part, VOCABULARY) for part in texts.sample(fraction=1, shuffle=True, seed=1).iter_slices(23)]
    for name, rows in together.items():
        apart = pl.concat([batch[name] for batch in batches])
        assert apart.sort(pl.all()).equals(rows.sort(pl.all())), name
