"""Nearest papers by text, read by `paperhouse.related`: SQL has no words for it."""

from paperhouse.related import related_papers


def model(dbt, session):  # noqa: ARG001 (dbt's own signature)
    papers = dbt.ref("papers").project("paper_id, title, abstract").pl()
    return related_papers(papers).to_arrow()
