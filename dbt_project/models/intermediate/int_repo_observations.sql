-- One row per repository and observation: what its host said, and the stars that a feed of papers counted for it.
with asked as (
    select
        coalesce(names.repo_id, entries.asked_url, entries.url) as repo_id,
        entries.* exclude (asked_url, url, position, host_id, ord)
    from {{ ref('int_repo_entries') }} as entries
    left join {{ ref('int_repo_names') }} as names on coalesce(entries.asked_url, entries.url) = names.url
),

counted as (
    select
        coalesce(names.repo_id, urls.repo_id) as repo_id,
        entries.snapshot_id,
        entries.feed,
        entries.feed_day,
        entries.observed_at,
        entries.github_stars as stars
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('stg_urls') }} as urls on entries.code_url = urls.raw_url
    left join {{ ref('int_repo_names') }} as names on urls.repo_id = names.url
    where entries.github_stars is not null and urls.repo_id is not null and urls.host = 'github.com'
),

observations as (
    select * from asked
    union all by name
    select * from counted
)

select *, row_number() over (order by coalesce(observed_at, feed_day), feed_day, feed, snapshot_id, repo_id) as ord
from observations
where repo_id is not null
-- Papers of one snapshot may share a repository.
qualify row_number() over (partition by repo_id, snapshot_id order by stars desc nulls last) = 1
