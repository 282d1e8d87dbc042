select
    rejects.snapshot_id,
    snapshots.feed,
    snapshots.path,
    rejects.position,
    rejects.reason,
    rejects.content
from {{ ref('stg_rejects') }} as rejects
inner join {{ ref('stg_snapshots') }} as snapshots on rejects.snapshot_id = snapshots.snapshot_id
order by snapshots.path, rejects.snapshot_id, rejects.position
