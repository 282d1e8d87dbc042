select
    resolved.paper_id,
    entries.feed_day as announced_on,
    entries.announced_as,
    max(entries.arxiv_version) as arxiv_version,
    min(entries.snapshot_id) as snapshot_id
from {{ ref('int_entries') }} as entries
inner join {{ ref('int_papers_resolved') }} as resolved
    on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
where entries.announced_as is not null
group by resolved.paper_id, entries.feed_day, entries.announced_as
order by announced_on, paper_id, announced_as
