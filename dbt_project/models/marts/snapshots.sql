select
    snapshot_id,
    feed,
    feed_day,
    path,
    sha256,
    bytes,
    items,
    records,
    repeats,
    furniture,
    rejects,
    status,
    reason,
    unknown_keys,
    observed_at,
    part,
    parts,
    same_as,
    parsed_at
from {{ ref('stg_snapshots') }}
order by path, snapshot_id
