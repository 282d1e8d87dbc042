"""The registry: every feed that the pipeline reads, by the name of its folder. Add a feed here (docs/add-a-feed.md)."""

from paperhouse.feeds.arxiv_atom import ArxivAtom
from paperhouse.feeds.arxiv_dump import ArxivDump
from paperhouse.feeds.arxiv_oai import ArxivOai
from paperhouse.feeds.arxiv_rss import ArxivRss
from paperhouse.feeds.base import Feed
from paperhouse.feeds.github_repos import GithubRepos
from paperhouse.feeds.hf_daily_papers import HfDailyPapers
from paperhouse.feeds.hf_papers_page import HfPapersPage
from paperhouse.feeds.hf_repos import HfRepos
from paperhouse.records import PAPER_RECORD

_ADAPTERS: tuple[Feed, ...] = (
    HfPapersPage(),
    HfDailyPapers(),
    ArxivAtom(),
    ArxivRss(),
    ArxivOai(),
    ArxivDump(),
    GithubRepos(),
    HfRepos(),
)

FEEDS: dict[str, Feed] = {feed.name: feed for feed in _ADAPTERS}

PAPER_FEEDS = [name for name, feed in FEEDS.items() if feed.record is PAPER_RECORD]
REPO_FEEDS = [name for name in FEEDS if name not in PAPER_FEEDS]
