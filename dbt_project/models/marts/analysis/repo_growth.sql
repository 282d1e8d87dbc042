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
    7 * gains.stars_gained / (gains.seen_on - gains.since_on) as stars_a_week,
    gains.likes,
    gains.likes_gained,
    7 * gains.likes_gained / (gains.seen_on - gains.since_on) as likes_a_week,
    gains.downloads
from {{ ref('int_repo_gains') }} as gains
inner join {{ ref('repos') }} as repos on gains.repo_id = repos.repo_id
where gains.period = 'week'
order by week_on, gains.repo_id
