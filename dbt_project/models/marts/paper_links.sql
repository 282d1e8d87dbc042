with corrections as (
    {{ corrections_of('paper_links') }}
)

select
    found.paper_id,
    found.url,
    {{ corrected('kind') }},
    {{ corrected('availability') }},
    found.in_text,
    found.in_feed,
    coalesce(names.repo_id, found.repo_id) as repo_id,
    found.host,
    found.owner,
    found.name,
    found.path,
    found.evidence,
    found.evidence_in,
    found.evidence_start,
    found.evidence_end,
    case when corrections.row_id is not null then 'corrected' else found.rule end as rule
from {{ ref('int_links_found') }} as found
left join {{ ref('int_repo_names') }} as names on found.repo_id = names.url
left join corrections on found.paper_id || ' ' || found.url = corrections.row_id
where corrections.is_suppressed is distinct from true
order by found.paper_id, found.url
