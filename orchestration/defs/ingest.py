"""Ingest: what lies in the landing folder, into the raw tables; then every new text through the extractors."""

from collections.abc import Iterator
from datetime import date

import dagster as dg
import polars as pl
from dagster import AssetExecutionContext, AssetKey

from orchestration.calendar import FEED_DAYS, OWNERS
from orchestration.defs.fetch import fetch_assets, fetch_key
from orchestration.home import pool
from orchestration.preview import PREVIEW_ROWS, markdown_table
from paperhouse import snapshots
from paperhouse.extract import EXTRACTS
from paperhouse.feeds import FEEDS, PAPER_FEEDS
from paperhouse.feeds.base import Feed
from paperhouse.ingest import META_READABLE, ledger_frame
from paperhouse.load import Loaded, load_extracts, load_feed
from paperhouse.quality import PARSING_CHECKS
from paperhouse.settings import SEEDS, settings
from paperhouse.warehouse import entries_table

RETRY = dg.RetryPolicy(max_retries=1, delay=5)

NEWS = "changed by new rules"
"""Metadata of `raw/texts`, which `make run` prints."""

WHAT = "what"
"""Metadata of a parsing check that failed: what was found, without the paths, the same for the same fault of every day."""

LEDGER_KEYS = [AssetKey(["raw", name]) for name in ("snapshots", "rejects")]


def landing_key(feed: str) -> AssetKey:
    return AssetKey(["landing", feed])


def entries_key(feed: str) -> AssetKey:
    return AssetKey(["raw", entries_table(feed)])


_FETCHED = {asset.key for asset in fetch_assets}


def _landing_asset(feed: Feed) -> dg.AssetsDefinition:
    """The folder as a whole, not by day: Dagster cannot run a partitioned asset below a partitioned one without a
    partition, and the daily job has none (docs/decisions/0004). It stands between fetch and ingest, and counts.
    """

    @dg.asset(
        key=landing_key(feed.name),
        deps=[fetch_key(feed.name)] if fetch_key(feed.name) in _FETCHED else [],
        group_name="landing",
        description=f"{feed.title}: snapshots under `{feed.name}/<day>/` of the landing folder, as they were received.",
        kinds={"file"},
        owners=OWNERS,
    )
    def landing() -> dg.MaterializeResult:
        files = snapshots.scan(settings().raw, [feed.name]).files
        newest = str(max((file.day for file in files), default="none"))
        return dg.MaterializeResult(metadata={"snapshots": len(files), "newest day": newest})

    return landing


landing_assets = [_landing_asset(feed) for feed in FEEDS.values()]

ledger_specs = [
    dg.AssetSpec(
        key,
        group_name="ingest",
        deps=[entries_key(feed) for feed in FEEDS],
        description=description,
        kinds={"duckdb"},
        owners=OWNERS,
    )
    for key, description in zip(
        LEDGER_KEYS,
        (
            "The ledger: one row per file of the landing folder, with what became of its every piece.",
            "One row per piece of a snapshot that is in no record, with the place and the reason.",
        ),
        strict=True,
    )
]


def _ingest_asset(feed: Feed) -> dg.AssetsDefinition:
    key = entries_key(feed.name)

    @dg.asset(
        key=key,
        deps=[landing_key(feed.name)],
        group_name="ingest",
        description=f"{feed.title}: one row per record of a snapshot. Reads every snapshot that was not read before; a day"
        " without one is never shown as materialized.",
        kinds={"polars", "duckdb"},
        owners=OWNERS,
        partitions_def=FEED_DAYS,
        backfill_policy=dg.BackfillPolicy.single_run(),
        output_required=False,
        retry_policy=RETRY,
        pool=pool("warehouse"),
        check_specs=[
            dg.AssetCheckSpec("readable", asset=key, description="The body can be read as this feed at all"),
            dg.AssetCheckSpec(META_READABLE, asset=key, description="What lies beside a body tells of its request"),
            *(dg.AssetCheckSpec(c.name, asset=key, description=c.description) for c in PARSING_CHECKS),
        ],
    )
    def ingest(context: AssetExecutionContext) -> Iterator[dg.Output | dg.AssetCheckResult]:
        is_for_days = context.has_partition_key or context.has_partition_key_range
        days = {date.fromisoformat(k) for k in context.partition_keys} if is_for_days else None
        loaded = load_feed(settings().raw, settings().warehouse, feed.name, days, context.log.info)
        _report_days(context, feed.name, loaded, days)
        yield from _check_results(context, loaded)
        # An output would mark every day of the run's range, with a snapshot or not; a run without days has none to mark.
        if not is_for_days:
            yield dg.Output(None, metadata=_counts(ledger_frame(loaded.reads)))

    return ingest


ingest_assets = [_ingest_asset(feed) for feed in FEEDS.values()]


def _report_days(context: AssetExecutionContext, feed: str, loaded: Loaded, days: set[date] | None) -> None:
    """Mark the days that are in, of those just read and those of the run's range: a day of rejected snapshots is not."""
    concerned = days
    if concerned is None:
        # Those of an earlier run too that died after it had read them: its rows are in, its marks are not.
        marked = context.instance.get_materialized_partitions(context.asset_key)
        read_now = {read.file.day for read in loaded.reads}
        concerned = read_now | {day for day in loaded.ledger["feed_day"] if day.isoformat() not in marked}
    first, last = _calendar()
    for (day,), ledger in loaded.ledger.group_by("feed_day", maintain_order=True):
        if day not in concerned:
            continue
        if not first <= day <= last:
            context.log.warning(f"{feed}/{day}: ingested, but the calendar has only {first} to {last}: not shown there")
            continue
        if "ingested" in ledger["status"]:
            event = dg.AssetMaterialization(context.asset_key, partition=day.isoformat(), metadata=_counts(ledger))
            context.log_event(event)
    if days is not None and (empty := sorted(days - set(loaded.ledger["feed_day"]))):
        # Dagster will list the backfill as failed for their sake; the calendar shows them as missing, which they are.
        context.log.warning(
            f"{feed}: {len(empty)} days of the range have no snapshot: {', '.join(map(str, empty[:31]))}"
        )
    for read in loaded.reads:
        if read.is_rejected:
            context.log.warning(f"{read.file.path}: rejected: {read.ledger['reason']}")
    for key in LEDGER_KEYS:
        context.log_event(dg.AssetMaterialization(key))


def _calendar() -> tuple[date, date]:
    """The first and the last day that the calendar has."""
    keys = FEED_DAYS.get_partition_keys()
    return date.fromisoformat(keys[0]), date.fromisoformat(keys[-1])


def _counts(ledger: pl.DataFrame) -> dict[str, dg.MetadataValue]:
    """What lines of the ledger come to, and a table of the first of them."""
    sums = ledger.select(pl.col("items", "records", "repeats", "furniture", "rejects").sum()).row(0, named=True)
    lines = ledger.select("path", "status", "records", "rejects", "reason").head(PREVIEW_ROWS)
    return {
        "dagster/row_count": dg.MetadataValue.int(sums.pop("records")),
        "snapshots": dg.MetadataValue.int(ledger.height),
        **{name: dg.MetadataValue.int(count) for name, count in sums.items()},
        "ledger": dg.MetadataValue.md(markdown_table(lines)),
    }


def _check_results(context: AssetExecutionContext, loaded: Loaded) -> Iterator[dg.AssetCheckResult]:
    """One result a check over all snapshots of this run; `readable` over all that lie in the folder.

    A failing one has rejected its snapshots and warns: the run goes on.
    """
    reads = loaded.reads
    rejected = loaded.ledger.filter(pl.col("status") == "rejected")
    for spec in context.assets_def.check_specs:
        found = {r.file.path: r.findings[spec.name] for r in reads if spec.name in r.findings}
        if spec.name == "readable":
            found = dict(rejected.select("path", "reason").iter_rows())
        yield dg.AssetCheckResult(
            check_name=spec.name,
            asset_key=spec.asset_key,
            passed=not found,
            severity=dg.AssetCheckSeverity.WARN,
            description=_first(found),
            metadata={"snapshots": len(reads), "failed": len(found), WHAT: "; ".join(sorted(set(found.values())))},
        )


def _first(found: dict[str, str], most: int = 5) -> str | None:
    told = [f"{path}: {what}" for path, what in sorted(found.items())[:most]]
    rest = [f"… and {len(found) - most} more"] if len(found) > most else []
    return "; ".join(told + rest) or None


@dg.multi_asset(
    name="extract",
    specs=[
        dg.AssetSpec(
            ["raw", name],
            deps=[entries_key(feed) for feed in PAPER_FEEDS],
            group_name="ingest",
            description=description,
            kinds={"polars", "duckdb"},
            owners=OWNERS,
        )
        for name, description in {
            "texts": "One row per distinct title and abstract that the rules have read.",
            "urls": "One row per address that a feed gives in a field, with its canonical form.",
            **{
                f"text_{name}": f"One row per text and one of the {name} that the rules found in it."
                for name in EXTRACTS
            },
        }.items()
    ],
    retry_policy=RETRY,
    pool=pool("warehouse"),
)
def extract(context: AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Links, promises, metrics and topics of every text that the present rules have not read yet."""
    extracted = load_extracts(settings().warehouse, SEEDS, context.log.info)
    if news := extracted.news():
        context.log.info(news)
    for key in sorted(context.selected_asset_keys):
        name = key.path[-1].removeprefix("text_")
        metadata: dict[str, int | str] = {"rows read in this run": extracted.read.get(name, 0)}
        if name == "texts" and news:
            metadata[NEWS] = news
        yield dg.MaterializeResult(key, metadata=metadata)
