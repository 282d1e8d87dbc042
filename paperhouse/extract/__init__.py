"""What a title and an abstract state, as rows: links, promises, metrics, topics.

Each extractor is one pure function of a frame of texts and the vocabularies. Every row has its evidence: a verbatim
stretch of the title or the abstract at 0-based character offsets, and the name of the rule that made it.
"""

import hashlib
from pathlib import Path

import polars as pl

from paperhouse.extract.links import LINK_SCHEMA, extract_links
from paperhouse.extract.metrics import METRIC_SCHEMA, extract_metrics
from paperhouse.extract.promises import PROMISE_SCHEMA, extract_promises
from paperhouse.extract.topics import TOPIC_SCHEMA, extract_topics
from paperhouse.vocabulary import Vocabulary

TEXT = pl.Schema({"text_id": pl.String, "title": pl.String, "abstract": pl.String})

EXTRACTORS = {
    "links": extract_links,
    "promises": extract_promises,
    "metrics": extract_metrics,
    "topics": extract_topics,
}
"""Each reads a frame of TEXT without odd blanks, by the vocabularies; `read_texts` sees to the blanks."""

_SCHEMAS = {"links": LINK_SCHEMA, "promises": PROMISE_SCHEMA, "metrics": METRIC_SCHEMA, "topics": TOPIC_SCHEMA}
EXTRACTS = {name: pl.Schema({"text_id": pl.String, **schema}) for name, schema in _SCHEMAS.items()}
"""What is read of a text, by name: the columns of each frame that `read_texts` returns."""


# A line break, a tab, a non-breaking or thin space, …: one character each, so that places in a text stay.
_BLANK = r"[\t\n\r\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"


def read_texts(texts: pl.DataFrame, vocabulary: Vocabulary) -> dict[str, pl.DataFrame]:
    """Everything the rules find in `texts` (a frame of TEXT): one frame a name of EXTRACTS, keyed by `text_id`.

    Whatever blank stands between two words, they are read the same; evidence is cut from the text as it is.
    """
    odd = texts.filter(pl.any_horizontal(pl.col("title", "abstract").str.contains(_BLANK)))
    plain = texts.with_columns(pl.col("title", "abstract").str.replace_all(_BLANK, " ")) if odd.height else texts
    found = {name: extract(plain, vocabulary) for name, extract in EXTRACTORS.items()}
    return {name: _verbatim(rows, odd) for name, rows in found.items()} if odd.height else found


def _verbatim(found: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """`found`, with the evidence of these texts cut from them anew."""
    text = pl.when(pl.col("evidence_in") == "title").then("title").otherwise("abstract")
    cut = text.str.slice(pl.col("evidence_start"), pl.col("evidence_end") - pl.col("evidence_start"))
    rows = found.join(texts, on="text_id", how="left", maintain_order="left")
    return rows.with_columns(pl.coalesce(cut, "evidence").alias("evidence")).select(found.columns)


def rules_fingerprint(seeds: Path) -> str:
    """A fingerprint of rules and vocabularies: when it changes, every text is read again."""
    here = Path(__file__).parent
    code = [
        *sorted(here.glob("*.py")),
        *sorted(here.glob("*.csv")),
        here.parent / "text.py",
        here.parent / "vocabulary.py",
    ]
    sources = [*code, *(seeds / f"{name}.csv" for name in Vocabulary.names())]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]
