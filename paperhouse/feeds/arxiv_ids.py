"""arXiv identifiers: `2401.00001v2`, `0808.0539`, `quant-ph/0201082v1`, `math.AG/0601001`.

Scheme: https://info.arxiv.org/help/arxiv_identifier.html; with four digits since 2007-04, with five since 2015.
"""

import re

ID_PATTERN = r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}"
"""An id without version."""

_WRITTEN = re.compile(
    rf"(?:https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|oai:arXiv\.org:|arXiv:)?({ID_PATTERN})(?:v([0-9]{{1,4}}))?"
)


def read_arxiv_id(text: str) -> tuple[str, int | None] | None:
    """The id without version, and the version where it is written; None where `text` is no id, address or OAI name."""
    match = _WRITTEN.fullmatch(text.strip())
    return (match[1], int(match[2]) if match[2] else None) if match else None
