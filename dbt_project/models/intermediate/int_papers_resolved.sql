-- One row per record: which paper it is. By arXiv id, else DOI, else title and a second signal.
-- A paper that a person has suppressed is in no mart.
with suppressed as (
    select row_id
    from {{ ref('corrections') }}
    where mart = 'papers' and action = 'suppress'
),

resolved as (
    select
        snapshot_id,
        position,
        paper_id,
        case when doi is not null and paper_id like 'arxiv:%' then 'doi:' || doi end as other_id
    from {{ ref('int_papers_identified') }}
    union all
    select
        groups.snapshot_id,
        groups.position,
        coalesce(matches.paper_id, groups.title_id) as paper_id,
        case when matches.paper_id is not null then groups.title_id end as other_id
    from {{ ref('int_title_groups') }} as groups
    left join {{ ref('int_title_matches') }} as matches on groups.title_id = matches.title_id
)

select resolved.*
from resolved
anti join suppressed on resolved.paper_id = suppressed.row_id
