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

_EXTRACTORS = {
    "links": (LINK_SCHEMA, extract_links),
    "promises": (PROMISE_SCHEMA, extract_promises),
    "metrics": (METRIC_SCHEMA, extract_metrics),
    "topics": (TOPIC_SCHEMA, extract_topics),
}

EXTRACTS: dict[str, pl.Schema] = {
    name: pl.Schema({"text_id": pl.String, **schema}) for name, (schema, _) in _EXTRACTORS.items()
}
"""What is read of a text, by name: the columns of each frame that `read_texts` returns."""


def read_texts(texts: pl.DataFrame, vocabulary: Vocabulary) -> dict[str, pl.DataFrame]:
    """Everything the rules find in `texts` (a frame of TEXT): one frame a name of EXTRACTS, keyed by `text_id`."""
    return {name: extract(texts, vocabulary) for name, (_, extract) in _EXTRACTORS.items()}


def rules_fingerprint(seeds: Path) -> str:
    """A fingerprint of rules and vocabularies: when it changes, every text is read again."""
    here = Path(__file__).parent
    code = [*sorted(here.glob("*.py")), here.parent / "text.py", here.parent / "vocabulary.py"]
    sources = [*code, *(seeds / f"{name}.csv" for name in Vocabulary.names())]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]
