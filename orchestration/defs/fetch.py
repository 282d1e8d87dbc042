"""Fetch: the upstreams' answers into the landing folder, as received. Nothing here parses or opens a table for writing.

An upstream that cannot be reached fails no run: its check `reached` warns, and what is due stays due.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

import dagster as dg
from dagster import AssetExecutionContext, AssetKey

from orchestration.calendar import FEED_DAYS, OWNERS
from orchestration.home import pool
from paperhouse import wanted
from paperhouse.fetch import arxiv, clock, days, repos, upstreams
from paperhouse.fetch.landing import Landing
from paperhouse.fetch.report import Report, Say
from paperhouse.fetch.upstream import Upstream
from paperhouse.settings import Settings, settings
from paperhouse.warehouse import entries_table


def fetch_key(feed: str) -> AssetKey:
    return AssetKey(["fetch", feed])


def _fetcher(
    feed: str,
    upstream: str,
    description: str,
    deps: tuple[AssetKey, ...] = (),
    partitions_def: dg.PartitionsDefinition | None = None,
) -> Callable[[Callable[[AssetExecutionContext], Report]], dg.AssetsDefinition]:
    """An asset `fetch/<feed>`: a function from the run's context to what came of fetching, with its check and its counts."""

    def decorate(fetch: Callable[[AssetExecutionContext], Report]) -> dg.AssetsDefinition:
        key = fetch_key(feed)

        @dg.asset(
            key=key,
            deps=deps,
            group_name="fetch",
            description=description,
            kinds={"file"},
            owners=OWNERS,
            partitions_def=partitions_def,
            backfill_policy=dg.BackfillPolicy.single_run() if partitions_def else None,
            output_required=False,
            pool=pool(upstream),
            check_specs=[
                dg.AssetCheckSpec(
                    "reached", asset=key, description="The upstream answered, and all that was due was asked for"
                ),
                dg.AssetCheckSpec("no_failures", asset=key, description="Everything that was asked for was answered"),
            ],
        )
        def asset(context: AssetExecutionContext) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
            report = fetch(context)
            context.log.info(report.summary())
            is_for_days = partitions_def is not None and _is_for_days(context)
            lacks_days = is_for_days and bool(report.failures)
            if not lacks_days:  # it marks every day of the run's range
                metadata = {"new bodies": len(report.bodies), "same as before": len(report.notes), "left": report.left}
                yield dg.MaterializeResult(metadata=metadata)
            unreached = f"{feed}: could not be reached ({report.failures[-1]})" if report.is_unreachable else None
            if unreached and report.left:
                unreached += f"; {report.left} more are left to the next run"
            yield _warning(key, "reached", unreached)
            # Why it was not reached has been said.
            failures = report.failures[:-1] if report.is_unreachable else report.failures
            yield _warning(key, "no_failures", "; ".join(failures[:5]) or None)
            if lacks_days:
                # The days that were chosen and are not there: the backfill shows them as failed, and can be run again.
                _mark_days(context, report)
                raise dg.Failure(report.summary())

        return asset

    return decorate


def _warning(key: AssetKey, name: str, found: str | None) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=name, asset_key=key, passed=found is None, severity=dg.AssetCheckSeverity.WARN, description=found
    )


def _is_for_days(context: AssetExecutionContext) -> bool:
    return context.has_partition_key or context.has_partition_key_range


def _mark_days(context: AssetExecutionContext, report: Report) -> None:
    """The days of the range that something was landed for (docs/decisions/0004)."""
    for day in sorted({path.split("/")[1] for path in [*report.bodies, *report.notes]}):
        context.log_event(dg.AssetMaterialization(context.asset_key, partition=day))


def _landing(feed: str) -> Landing:
    """The feed's part of the landing folder, without what could not be read: that is to be fetched again, whole."""
    with wanted.look_into(settings().warehouse) as con:
        return Landing(settings().raw, feed, wanted.rejected_paths(con, feed))


def _range(context: AssetExecutionContext) -> list[date]:
    return [date.fromisoformat(key) for key in context.partition_keys]


def _now() -> datetime:
    return clock.CLOCK.now().replace(tzinfo=None)


@_fetcher(
    days.FEED,
    "hugging_face",
    "Daily Papers, days that are due: today and those before it, and every day that was missed or had not settled. In a run"
    " for chosen days, those.",
    partitions_def=FEED_DAYS,
)
def fetch_hf_daily_papers(context: AssetExecutionContext) -> Report:
    here, landing = settings(), _landing(days.FEED)
    with upstreams.hugging_face(here, context.log.info) as upstream:
        if _is_for_days(context):
            chosen = sorted(_range(context), reverse=True)
        else:
            today = upstream.clock.now().date()
            chosen = days.due_days(landing.held(), today, here.refetch_days, here.fetch_since)
        context.log.info(f"{days.FEED}: {len(chosen)} days to fetch")
        return days.fetch_days(upstream, landing, here.hf_url, chosen, context.log.info)


@_fetcher(
    "arxiv_rss", "arxiv", "arXiv's announcements of today, of the categories chosen by `PAPERHOUSE_ARXIV_CATEGORIES`."
)
def fetch_arxiv_rss(context: AssetExecutionContext) -> Report:
    here = settings()
    categories = here.chosen(here.arxiv_categories)
    if not categories:
        return _nothing("arxiv_rss", "no category is chosen (PAPERHOUSE_ARXIV_CATEGORIES)", context)
    with upstreams.arxiv(here, context.log.info) as upstream:
        return arxiv.fetch_rss(upstream, _landing("arxiv_rss"), here.arxiv_rss_url, categories, context.log.info)


@_fetcher(
    "arxiv_oai",
    "arxiv",
    "arXiv's OAI-PMH, what has changed since the last harvest of the sets chosen by `PAPERHOUSE_ARXIV_SETS`. In a run for"
    " chosen days, in those.",
    partitions_def=FEED_DAYS,
)
def fetch_arxiv_oai(context: AssetExecutionContext) -> Report:
    here, landing = settings(), _landing("arxiv_oai")
    sets = here.chosen(here.arxiv_sets)
    if not sets:
        return _nothing("arxiv_oai", "no set is chosen (PAPERHOUSE_ARXIV_SETS)", context)
    with upstreams.arxiv(here, context.log.info) as upstream:
        if _is_for_days(context):
            first, until = min(_range(context)), max(_range(context))
            return arxiv.fetch_oai(
                upstream, landing, here.arxiv_oai_url, sets, first, until, context.log.info, by_hand=True
            )
        return arxiv.fetch_oai_due(upstream, landing, here.arxiv_oai_url, sets, context.log.info)


@_fetcher(
    "arxiv_atom",
    "arxiv",
    "arXiv's own record of papers that other feeds brought: by id, and of some whose title alone is known.",
    deps=tuple(
        AssetKey(["raw", entries_table(feed)])
        for feed in ("hf_daily_papers", "hf_papers_page", "arxiv_rss", "arxiv_oai", "arxiv_dump")
    ),
)
def fetch_arxiv_atom(context: AssetExecutionContext) -> Report:
    here, landing = settings(), _landing("arxiv_atom")
    with wanted.look_into(here.warehouse) as con:
        ids, titles = wanted.ids_without_details(con, _now()), wanted.titles_without_ids(con)
    if not ids and not titles:
        return _nothing("arxiv_atom", "every paper has its details", context)
    with upstreams.arxiv(here, context.log.info) as upstream:
        report = arxiv.fetch_ids(upstream, landing, here.arxiv_api_url, ids, context.log.info)
        if not report.is_unreachable:
            report += arxiv.fetch_titles(upstream, landing, here.arxiv_api_url, titles, context.log.info)
        return report


_LINKS = (AssetKey(["raw", "text_links"]), AssetKey(["raw", "urls"]))


@_fetcher(
    "github_repos", "github", "Stars, forks and the like of the GitHub repositories that papers link to.", deps=_LINKS
)
def fetch_github_repos(context: AssetExecutionContext) -> Report:
    here = settings()
    fetch = repos.fetch_github_graphql if here.github_token.get_secret_value() else repos.fetch_github_rest
    return _fetch_repos(context, "github_repos", "github.com", upstreams.github, fetch, here.github_url)


@_fetcher(
    "hf_repos", "hugging_face", "Likes and downloads of the Hugging Face repositories that papers link to.", deps=_LINKS
)
def fetch_hf_repos(context: AssetExecutionContext) -> Report:
    base = settings().hf_url
    return _fetch_repos(context, "hf_repos", "huggingface.co", upstreams.hugging_face, repos.fetch_hf_repos, base)


def _fetch_repos(
    context: AssetExecutionContext,
    feed: str,
    host: str,
    upstream_of: Callable[[Settings, Say], Upstream],
    fetch: Callable[[Upstream, Landing, str, Sequence[str], Say], Report],
    base: str,
) -> Report:
    here = settings()
    # An hour's grace, so that a daily run asks again though it comes a little earlier than the day before.
    before = _now() - timedelta(days=here.repo_days) + timedelta(hours=1)
    with wanted.look_into(here.warehouse) as con:
        urls = wanted.repos_to_ask(con, feed, host, before, here.repos_a_run)
    if not urls:
        return _nothing(feed, "every repository was asked about lately", context)
    with upstream_of(here, context.log.info) as upstream:
        return fetch(upstream, _landing(feed), base, urls, context.log.info)


def _nothing(feed: str, why: str, context: AssetExecutionContext) -> Report:
    context.log.info(f"{feed}: nothing is fetched: {why}")
    return Report(feed)


fetch_assets = [
    fetch_hf_daily_papers,
    fetch_arxiv_rss,
    fetch_arxiv_oai,
    fetch_arxiv_atom,
    fetch_github_repos,
    fetch_hf_repos,
]
