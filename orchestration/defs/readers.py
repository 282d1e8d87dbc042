"""For the people who read it: search, the report, the digest; all from the published marts, after them."""

import dagster as dg

from orchestration.calendar import OWNERS
from orchestration.defs.publish import PUBLISHED
from orchestration.home import pool
from paperhouse.duckdb_file import open_marts
from paperhouse.fetch import clock
from paperhouse.readers import digest, mail
from paperhouse.readers.report import write_report
from paperhouse.readers.subscribers import SubscribersError, read_subscribers
from paperhouse.search import NoExtensionError, write_search
from paperhouse.settings import settings


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
    _check("has_extension", "search", "DuckDB's extension for full-text search can be had"),
)
def search(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    try:
        papers = write_search(settings().marts, settings().search)
    except NoExtensionError as error:
        context.log.warning(str(error))
        return dg.MaterializeResult(check_results=[_warning("has_extension", str(error))])
    return dg.MaterializeResult(
        metadata={"dagster/row_count": papers, "file": dg.MetadataValue.path(settings().search)},
        check_results=[_warning("has_extension", None)],
    )


@_reader(
    "report", "`report/index.html`: one page with what trends, grows and is new, and how sound the data are.", "html"
)
def report(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # noqa: ARG001
    page = write_report(settings().marts, settings().report)
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(page),
            "page": dg.MetadataValue.url(page.as_uri()),
            "bytes": page.stat().st_size,
        }
    )


@_reader(
    "digest",
    "What is new and trending: by mail to the subscribers, once a day or week each, and as `report/digest.atom`.",
    "email",
    _check("sent", "digest", "Every subscriber was sent what is due, or nothing is to be sent"),
)
def digest_sent(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    here = settings()
    with open_marts(here.marts) as con:
        feed = digest.write_feed(con, here.digest_feed)
        metadata: dict[str, dg.MetadataValue] = {"feed": dg.MetadataValue.path(feed)}
        if not mail.is_on(here):
            context.log.info("no mail is sent: PAPERHOUSE_SMTP_HOST is not set")
            return dg.MaterializeResult(metadata=metadata, check_results=[_warning("sent", None)])
        topics = {row[0] for row in con.execute("select topic_id from marts.topics").fetchall()}
        try:
            subscribers = read_subscribers(here.subscribers, topics)
            posted = digest.post(con, here, subscribers, clock.CLOCK.now().date(), context.log.info)
        except (SubscribersError, mail.MailError) as error:
            context.log.warning(str(error))
            return dg.MaterializeResult(metadata=metadata, check_results=[_warning("sent", str(error))])
    metadata |= {
        what: dg.MetadataValue.int(len(who))
        for what, who in (
            ("sent", posted.sent), ("sent before", posted.before), ("nothing new for", posted.nothing_new), ("failed", posted.failed)
        )
    }  # fmt: skip
    context.log.info(
        f"sent to {len(posted.sent)}, before to {len(posted.before)}, nothing new for {len(posted.nothing_new)}"
    )
    problem = f"refused: {', '.join(posted.failed)}" if posted.failed else None
    return dg.MaterializeResult(metadata=metadata, check_results=[_warning("sent", problem)])


reader_assets = [search, report, digest_sent]
