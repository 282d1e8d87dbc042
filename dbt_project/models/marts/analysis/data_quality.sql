with ledger as (
    select
        feed,
        feed_day,
        count(*) as snapshots,
        count(*) filter (where status = 'rejected') as rejected_snapshots,
        sum(items) as items,
        sum(records) as records,
        sum(repeats) as repeats,
        sum(furniture) as furniture,
        sum(rejects) as rejects,
        list_sort(list_distinct(flatten(list(unknown_keys)))) as unknown_keys,
        arg_min(reason, path) as reason
    from {{ ref('stg_snapshots') }}
    group by feed, feed_day
),

filled as (
    select
        feed,
        snapshot_day as feed_day,
        count(abstract) / count(*) as with_abstract,
        count(authors) / count(*) as with_authors,
        count(published_on) / count(*) as with_published_on,
        case when {{ is_one_of('feed', 'voting_feeds') }} then count(upvotes) / count(*) end as with_upvotes
    from {{ ref('int_entries') }}
    group by feed, snapshot_day
)

select
    ledger.feed,
    ledger.feed_day,
    ledger.snapshots,
    ledger.rejected_snapshots,
    cast(ledger.items as bigint) as items,
    cast(ledger.records as bigint) as records,
    cast(ledger.repeats as bigint) as repeats,
    cast(ledger.furniture as bigint) as furniture,
    cast(ledger.rejects as bigint) as rejects,
    ledger.unknown_keys,
    list_filter(
        [
            case when ledger.rejected_snapshots > 0 then 'readable' end,
            case when ledger.rejects > ledger.rejected_snapshots then 'no_rejects' end,
            case when len(ledger.unknown_keys) > 0 then 'no_unknown_keys' end
        ],
        lambda name: name is not null
    ) as failed_checks,
    ledger.reason,
    filled.with_abstract,
    filled.with_authors,
    filled.with_published_on,
    filled.with_upvotes,
    feed_days.status
from ledger
left join filled on ledger.feed = filled.feed and ledger.feed_day = filled.feed_day
left join {{ ref('feed_days') }} as feed_days on ledger.feed = feed_days.feed and ledger.feed_day = feed_days.feed_day
order by ledger.feed_day, ledger.feed
