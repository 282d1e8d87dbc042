select
    text_id,
    url,
    host,
    owner,
    name,
    kind,
    availability,
    repo_id,
    path,
    evidence,
    evidence_in,
    evidence_start,
    evidence_end,
    rule
from {{ source('raw', 'text_links') }}
