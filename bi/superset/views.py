"""The queries that some charts read instead of a mart. Each is a dataset of its own in Superset."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """A dataset that is a query: `of` are the marts it reads."""

    name: str
    of: frozenset[str]
    description: str
    sql: str


def titled(alias: str) -> str:
    """SQL: the title as a link to arXiv, where the paper is there. Angle brackets in titles are text, not HTML."""
    title = f"replace({alias}.title, '<', '&lt;')"
    link = f"'<a href=\"https://arxiv.org/abs/' || {alias}.arxiv_id || '\" target=\"_blank\">' || {title} || '</a>'"
    return f"coalesce({link}, {title})"


VIEWS = [
    View(
        "trends_lately",
        frozenset({"topic_trends"}),
        "The topics' whole weeks of the last two years; a few papers are decades old.",
        """select t.*
        from paperhouse.marts.topic_trends as t
        where t.is_complete
            and t.week_on > (select max(n.week_on) - 730 from paperhouse.marts.topic_trends as n where n.is_complete)""",
    ),
    View(
        "trending_now",
        frozenset({"trending_papers"}),
        "What trends in the newest week: the first ten.",
        f"""select t.rank, {titled("t")} as paper, t.upvotes_gained as "votes gained", t.stars_gained as "stars gained",
            array_to_string(t.topics[:2], ', ') as topics, t.code_status as code
        from paperhouse.marts.trending_papers as t
        where t.period = 'week' and t.rank <= 10
            and t.starts_on = (select max(w.starts_on) from paperhouse.marts.trending_papers as w where w.period = 'week')""",
    ),
    View(
        "claimed_savings",
        frozenset({"metrics", "papers"}),
        "The 25 biggest savings that papers claim, with the words they do it with.",
        f"""select m.factor, m.quantity, m.evidence as "in the paper's words", m.subject as method, {titled("p")} as paper
        from paperhouse.marts.metrics as m
        inner join paperhouse.marts.papers as p on m.paper_id = p.paper_id
        where m.direction = 'decrease' and m.factor > 0 and m.confidence >= 0.9
        order by m.factor
        limit 25""",
    ),
    View(
        "leaders",
        frozenset({"leaderboard"}),
        "The leaderboard with the paper as a link.",
        f"""select b.dataset, b.measure, b.unit, b.better, b.rank, b.value, b.subject as method, {titled("b")} as paper,
            b.evidence as "in the paper's words", count(*) over (partition by b.dataset, b.measure, b.unit) as entries
        from paperhouse.marts.leaderboard as b""",
    ),
]
