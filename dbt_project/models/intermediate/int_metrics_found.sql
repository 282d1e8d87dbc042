-- One row per result that a paper's text states, with its id.
select
    md5(
        concat_ws(
            '|', papers.paper_id, metrics.evidence_in, metrics.evidence_start, metrics.evidence_end, metrics.value
        )
    ) as metric_id,
    papers.paper_id,
    papers.dated_on,
    metrics.* exclude (text_id)
from {{ ref('int_papers') }} as papers
inner join {{ ref('stg_text_metrics') }} as metrics on papers.text_id = metrics.text_id
