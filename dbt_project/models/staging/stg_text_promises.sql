select
    text_id,
    what,
    evidence,
    evidence_in,
    evidence_start,
    evidence_end,
    rule
from {{ source('raw', 'text_promises') }}
