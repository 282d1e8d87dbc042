-- One row per paper and snapshot of a feed that ranks or counts votes.
select
    resolved.paper_id,
    entries.snapshot_id,
    entries.feed,
    entries.feed_day,
    entries.observed_at,
    entries.rank,
    entries.upvotes,
    entries.comments,
    entries.is_api,
    entries.ord
from {{ ref('int_entries') }} as entries
inner join {{ ref('int_papers_resolved') }} as resolved
    on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
where {{ is_one_of('entries.feed', 'voting_feeds') }}
-- Two records of one fetch may turn out to be one paper, or a paper slip from one page to the next: the first counts.
qualify row_number() over (partition by resolved.paper_id, entries.fetch_id order by entries.ord) = 1
