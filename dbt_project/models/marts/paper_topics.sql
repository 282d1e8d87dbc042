with corrections as (
    {{ corrections_of('paper_topics') }}
)

select
    papers.paper_id,
    papers.dated_on,
    found.topic_id,
    found.score,
    found.evidence,
    found.evidence_in,
    found.evidence_start,
    found.evidence_end,
    found.rule
from {{ ref('int_papers') }} as papers
inner join {{ ref('stg_text_topics') }} as found on papers.text_id = found.text_id
left join corrections on papers.paper_id || ' ' || found.topic_id = corrections.row_id
where corrections.is_suppressed is distinct from true
order by papers.dated_on, papers.paper_id, found.topic_id
