select
    gains.starts_on as week_on,
    gains.repo_id,
    repos.url,
    repos.host,
    repos.owner,
    repos.name,
    repos.kind,
    repos.paper_count,
    gains.since_on,
    gains.seen_on,
    gains.stars,
    gains.stars_gained,
    gains.likes,
    gains.likes_gained,
    gains.downloads
from {{ ref('int_repo_gains') }} as gains
inner join {{ ref('repos') }} as repos on gains.repo_id = repos.repo_id
where gains.period = 'week'
order by week_on, gains.repo_id
