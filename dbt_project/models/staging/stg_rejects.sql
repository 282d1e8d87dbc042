select
    snapshot_id,
    position,
    reason,
    content
from {{ source('raw', 'rejects') }}
