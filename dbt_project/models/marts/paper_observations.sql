select
    paper_id,
    snapshot_id,
    feed,
    feed_day,
    observed_at,
    rank,
    upvotes,
    comments
from {{ ref('int_paper_observations') }}
order by ord
