"""The upstreams that there are, with what each asks of those who use it."""

from paperhouse.fetch.arxiv import PAUSE
from paperhouse.fetch.report import Say
from paperhouse.fetch.upstream import Upstream
from paperhouse.settings import Settings


def hugging_face(settings: Settings, say: Say) -> Upstream:
    """Anonymous: 500 calls of the API in five minutes, told by `RateLimit`; more with a token."""
    token = settings.hf_token.get_secret_value()
    return Upstream("hugging_face", [settings.hf_url], settings.fetch_state, settings.contact, token, say=say)


def arxiv(settings: Settings, say: Say) -> Upstream:
    """One request in three seconds, over all of its services."""
    hosts = [settings.arxiv_api_url, settings.arxiv_rss_url, settings.arxiv_oai_url]
    return Upstream("arxiv", hosts, settings.fetch_state, settings.contact, pause=PAUSE, say=say)


def github(settings: Settings, say: Say) -> Upstream:
    """Without a token 60 calls in an hour, with one 5,000, told by `x-ratelimit-…`."""
    token = settings.github_token.get_secret_value()
    return Upstream("github", [settings.github_url], settings.fetch_state, settings.contact, token, say=say)
