with fetches as (
    select
        feed,
        feed_day,
        fetch_id,
        min(observed_at) as fetched_at,
        sum(records) as records,
        bool_and(status = 'ingested') and count(*) >= coalesce(max(parts), 1) as is_whole
    from {{ ref('stg_snapshots') }}
    where {{ is_one_of('feed', 'listing_feeds') }}
    group by feed, feed_day, fetch_id
),

papers as (
    select entries.feed, entries.snapshot_day as feed_day, count(distinct resolved.paper_id) as papers
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
    group by entries.feed, entries.snapshot_day
),

days as (
    select
        feed,
        feed_day,
        count(*) as fetches,
        count(*) filter (where not is_whole) as failed_fetches,
        min(fetched_at) filter (where is_whole) as first_fetched_at,
        max(fetched_at) filter (where is_whole) as last_fetched_at,
        arg_max(records, (coalesce(fetched_at, feed_day), fetch_id)) filter (where is_whole) as records
    from fetches
    group by feed, feed_day
)

select
    days.feed,
    days.feed_day,
    days.first_fetched_at,
    days.last_fetched_at,
    days.fetches,
    days.failed_fetches,
    cast(days.records as bigint) as records,
    case when days.records is not null then coalesce(papers.papers, 0) end as papers,
    case
        when not {{ is_one_of('days.feed', 'filling_feeds') }} then null
        when days.last_fetched_at >= days.feed_day + interval {{ var('settled_after_days') }} day then 'complete'
        when days.last_fetched_at is not null then 'filling'
    end as status
from days
left join papers on days.feed = papers.feed and days.feed_day = papers.feed_day
order by days.feed_day, days.feed
