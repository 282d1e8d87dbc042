with weeks as (
    select cast(date_trunc('week', dated_on) as date) as week_on, count(*) as papers_of_week
    from {{ ref('papers') }}
    where dated_on is not null
    group by week_on
),

-- The list that brought the most of a week's papers, and its newest day; another may go on when that one has ended.
days as (
    select feed, max(feed_day) as newest_on
    from {{ ref('stg_snapshots') }}
    where status = 'ingested'
    group by feed
),

listed as (
    select cast(date_trunc('week', dated_on) as date) as week_on, listed_by, count(*) as papers
    from {{ ref('int_papers') }}
    where dated_on is not null and listed_by is not null
    group by week_on, listed_by
),

newest as (
    select listed.week_on, arg_max(days.newest_on, (listed.papers, listed.listed_by)) as newest_on
    from listed
    inner join days on listed.listed_by = days.feed
    group by listed.week_on
),

counted as (
    select cast(date_trunc('week', dated_on) as date) as week_on, topic_id, count(*) as papers
    from {{ ref('paper_topics') }}
    where dated_on is not null
    group by week_on, topic_id
),

-- A week without a paper of a topic is a zero; a week without any paper is unknown, and has no row.
filled as (
    select
        weeks.week_on,
        topics.topic_id,
        topics.label,
        topics.area,
        coalesce(counted.papers, 0) as papers,
        weeks.papers_of_week
    from weeks
    cross join {{ ref('topics') }} as topics
    left join counted on weeks.week_on = counted.week_on and topics.topic_id = counted.topic_id
),

compared as (
    select
        *,
        sum(papers) over before / sum(papers_of_week) over before as usual_share
    from filled
    window before as (
        partition by topic_id order by week_on
        range between interval {{ 7 * var('usual_weeks') }} day preceding and interval 7 day preceding
    )
)

select
    compared.week_on,
    topic_id,
    label,
    area,
    papers,
    papers_of_week,
    papers / papers_of_week as share,
    usual_share,
    (papers + {{ var('trend_floor') }}) / (usual_share * papers_of_week + {{ var('trend_floor') }}) as growth,
    compared.week_on + 7 + {{ var('listed_after_days') }}
    <= coalesce(newest.newest_on, {{ newest_listed_day() }}) as is_complete
from compared
left join newest on compared.week_on = newest.week_on
order by compared.week_on, topic_id
