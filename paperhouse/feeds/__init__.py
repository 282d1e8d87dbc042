"""The registry: every feed that the pipeline reads, by the name of its folder. Add a feed here (docs/add-a-feed.md)."""

from paperhouse.feeds.base import Feed
from paperhouse.feeds.hf_daily_papers import HfDailyPapers
from paperhouse.feeds.hf_papers_page import HfPapersPage

FEEDS: dict[str, Feed] = {feed.name: feed for feed in (HfPapersPage(), HfDailyPapers())}
