"""For the people who read it: search, the report, the digest; all from the published marts, after them."""

from dataclasses import asdict

import dagster as dg

from orchestration.calendar import OWNERS
from orchestration.defs.publish import PUBLISHED
from orchestration.home import pool
from paperhouse.duckdb_file import PublishError, open_marts
from paperhouse.fetch import clock
from paperhouse.readers import digest, mail
from paperhouse.readers.report import write_report
from paperhouse.readers.subscribers import SubscribersError, read_subscribers
from paperhouse.search import NoExtensionError, write_search
from paperhouse.settings import settings
from paperhouse.warehouse import write_lock


def _reader(name: str, description: str, kind: str, check: dg.AssetCheckSpec | None = None):
    return dg.asset(
        key=["publish", name],
        deps=[PUBLISHED],
        group_name="publish",
        description=description,
        kinds={kind},
        owners=OWNERS,
        pool=pool("warehouse"),
        check_specs=[check] if check else None,
    )


def _check(name: str, asset: str, description: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(name, asset=dg.AssetKey(["publish", asset]), description=description)


def _warning(name: str, problem: str | None) -> dg.AssetCheckResult:
    """A check that holds nothing back: readers have the marts, whatever becomes of the mail."""
    return dg.AssetCheckResult(
        check_name=name, passed=problem is None, severity=dg.AssetCheckSeverity.WARN, description=problem
    )


@_reader(
    "search",
    "`search.duckdb`: full-text search over titles and abstracts, for readers with DuckDB's extension `fts`.",
    "duckdb",
    _check("is_written", "search", "DuckDB's extension for full-text search can be had, and nobody holds the file"),
)
def search(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    try:
        with write_lock(settings().warehouse):
            papers = write_search(settings().marts, settings().search)
    except (NoExtensionError, PublishError) as error:
        context.log.warning(str(error))
        # What is no longer published must not be found.
        settings().search.unlink(missing_ok=True)
        return dg.MaterializeResult(check_results=[_warning("is_written", str(error))])
    return dg.MaterializeResult(
        metadata={"dagster/row_count": papers, "file": dg.MetadataValue.path(settings().search)},
        check_results=[_warning("is_written", None)],
    )


@_reader(
    "report", "`report/index.html`: one page with what trends, grows and is new, and how sound the data are.", "html"
)
def report(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # noqa: ARG001
    with write_lock(settings().warehouse):
        page = write_report(settings().marts, settings().report)
    return dg.MaterializeResult(
        metadata={
            "page": dg.MetadataValue.url(settings().report_url),
            "file": dg.MetadataValue.path(page),
            "bytes": page.stat().st_size,
        }
    )


@_reader("digest_feed", "`report/digest.atom`: the daily digests of the last two weeks, for any feed reader.", "xml")
def digest_feed(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # noqa: ARG001
    with write_lock(settings().warehouse), open_marts(settings().marts) as con:
        feed = digest.write_feed(con, settings().digest_feed)
    return dg.MaterializeResult(metadata={"file": dg.MetadataValue.path(feed)})


@_reader(
    "digest",
    "What is new and trending, by mail to the subscribers, once a day or week each.",
    "email",
    _check("sent", "digest", "Every subscriber was sent what is due, or nothing is to be sent"),
)
def digest_mails(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    here = settings()
    if not mail.is_on(here):
        context.log.info("no mail is sent: PAPERHOUSE_SMTP_HOST is not set")
        return dg.MaterializeResult(check_results=[_warning("sent", None)])
    problems: list[str] = []
    with open_marts(here.marts) as con:
        topics = {row[0] for row in con.execute("select topic_id from marts.topics").fetchall()}
        try:
            subscribers = read_subscribers(here.subscribers, topics)
        except SubscribersError as error:
            return dg.MaterializeResult(check_results=[_warning("sent", str(error))])
        posted = digest.post(con, here, subscribers, clock.CLOCK.now().date(), problems.append)
    for problem in problems:
        context.log.warning(problem)
    return dg.MaterializeResult(
        metadata={what.replace("_", " "): len(who) for what, who in asdict(posted).items()},
        check_results=[_warning("sent", "; ".join(problems) or None)],
    )


reader_assets = [search, report, digest_feed, digest_mails]
