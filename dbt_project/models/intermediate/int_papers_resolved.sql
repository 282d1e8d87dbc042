-- One row per record: which paper it is. By arXiv id, else DOI, else title and a second signal.
-- A paper that a person has suppressed, by whichever of its ids, is in no mart.
with asked as (
    select {{ plain_id('row_id') }} as row_id
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
),

suppressed as (
    select resolved.paper_id
    from resolved
    semi join asked on lower(resolved.paper_id) = asked.row_id
    union
    select resolved.paper_id
    from resolved
    semi join asked on lower(resolved.other_id) = asked.row_id
)

select resolved.*
from resolved
anti join suppressed on resolved.paper_id = suppressed.paper_id
