select
    text_id,
    topic_id,
    score,
    evidence,
    evidence_in,
    evidence_start,
    evidence_end,
    rule
from {{ source('raw', 'text_topics') }}
