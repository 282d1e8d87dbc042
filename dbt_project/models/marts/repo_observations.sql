select
    seen.repo_id,
    seen.snapshot_id,
    seen.feed,
    seen.feed_day,
    seen.observed_at,
    seen.state,
    seen.stars,
    seen.forks,
    seen.likes,
    seen.downloads,
    seen.pushed_at,
    seen.is_archived
from {{ ref('int_repo_observations') }} as seen
inner join {{ ref('repos') }} as repos on seen.repo_id = repos.repo_id
order by seen.ord
