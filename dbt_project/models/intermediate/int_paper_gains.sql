-- One row per paper and period (day, week) in which its votes were seen, with what they had gained since they were seen
-- before.
with listed as (
    select
        papers.paper_id,
        -- A page that was captured, of a search say, is no day's list.
        coalesce(min(seen.feed_day) filter (where seen.is_api), any_value(papers.published_on)) as listed_on
    from {{ ref('int_papers') }} as papers
    inner join {{ ref('int_paper_observations') }} as seen on papers.paper_id = seen.paper_id
    group by papers.paper_id
),

seen as (
    select
        paper_id,
        {{ counted_on() }} as seen_on,
        arg_max(upvotes, ord) as upvotes
    from {{ ref('int_paper_observations') }}
    where upvotes is not null
    group by paper_id, seen_on
),

by_period as (
    select
        periods.period,
        periods.days,
        cast(date_trunc(periods.period, seen.seen_on) as date) as starts_on,
        seen.paper_id,
        min(seen.seen_on) as first_on,
        max(seen.seen_on) as seen_on,
        arg_max(seen.upvotes, seen.seen_on) as upvotes
    from seen
    cross join {{ periods() }}
    group by periods.period, periods.days, starts_on, seen.paper_id
),

compared as (
    select
        by_period.*,
        lag(by_period.seen_on) over history as before_on,
        -- A paper has no vote before it is listed, so those seen while its day still fills are all new.
        coalesce(
            lag(by_period.upvotes) over history,
            case when by_period.first_on <= listed.listed_on + {{ var('settled_after_days') }} then 0 end
        ) as upvotes_before
    from by_period
    inner join listed on by_period.paper_id = listed.paper_id
    window history as (partition by by_period.period, by_period.paper_id order by by_period.starts_on)
)

select
    period,
    starts_on,
    paper_id,
    upvotes,
    -- Of a gain over a longer time than the period, the period's share.
    round((upvotes - upvotes_before) * least(1, days / greatest(1, seen_on - coalesce(before_on, seen_on))))
        as upvotes_gained
from compared
