"""arXiv identifiers: `2401.00001v2`, `0808.0539`, `quant-ph/0201082v1`, `math.AG/0601001`.

Scheme: https://info.arxiv.org/help/arxiv_identifier.html; with four digits since 2007-04, with five since 2015. The subject
class of an old one (`.AG`) is no part of the id: arXiv's own feeds leave it out.
"""

import re

_WRITTEN = re.compile(
    r"(?:https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/|oai:arXiv\.org:|arXiv:)?"
    r"(?:([0-9]{4}\.[0-9]{4,5})|([a-z-]+)(?:\.[A-Z]{2})?(/[0-9]{7}))(?:v([0-9]{1,4}))?"
)


def read_arxiv_id(text: str) -> tuple[str, int | None] | None:
    """The id without version, and the version where it is written; None where `text` is no id, address or OAI name."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    return match[1] or match[2] + match[3], int(match[4]) if match[4] else None
