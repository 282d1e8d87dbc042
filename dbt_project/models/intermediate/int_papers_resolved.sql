-- One row per record: which paper it is. By arXiv id, else DOI, else title. A record known by its title alone is the
-- paper with an id of that title when there is exactly one such paper: two papers may share a title.
with ids_of_title as (
    select
        title_key,
        min(case when arxiv_id is not null then 'arxiv:' || arxiv_id else 'doi:' || doi end) as paper_id
    from {{ ref('int_entries') }}
    where arxiv_id is not null or doi is not null
    group by title_key
    having count(distinct coalesce(arxiv_id, doi)) = 1
)

select
    entries.snapshot_id,
    entries.position,
    entries.feed,
    entries.arxiv_id is null and entries.doi is null as is_by_title,
    'title:' || left(sha256(entries.title_key), 16) as title_id,
    case
        when entries.arxiv_id is not null then 'arxiv:' || entries.arxiv_id
        when entries.doi is not null then 'doi:' || entries.doi
        else coalesce(ids_of_title.paper_id, 'title:' || left(sha256(entries.title_key), 16))
    end as paper_id
from {{ ref('int_entries') }} as entries
left join ids_of_title on entries.title_key = ids_of_title.title_key
