with links as (
    select
        links.repo_id,
        -- Of the url that is its id; a repository that was renamed has links under its other names too.
        arg_max(
            struct_pack(host := links.host, owner := links.owner, name := links.name),
            (links.url = links.repo_id, links.url)
        ) as named,
        min(links.kind) as kind,
        count(distinct links.paper_id) as paper_count,
        min(papers.first_seen_on) as first_seen_on
    from {{ ref('paper_links') }} as links
    inner join {{ ref('int_papers') }} as papers on links.paper_id = papers.paper_id
    where links.repo_id is not null
    group by links.repo_id
),

seen as (
    select
        repo_id,
        arg_max(state, ord) as state,
        arg_max(stars, ord) as stars,
        arg_max(forks, ord) as forks,
        arg_max(likes, ord) as likes,
        arg_max(downloads, ord) as downloads,
        arg_max(created_at, ord) as created_at,
        arg_max(pushed_at, ord) as pushed_at,
        arg_max(is_archived, ord) as is_archived,
        arg_max(license, ord) as license,
        arg_max(language, ord) as language,
        arg_max(topics, ord) as tags
    from {{ ref('int_repo_observations') }}
    group by repo_id
)

select
    links.repo_id,
    links.repo_id as url,
    links.named.host,
    links.named.owner,
    links.named.name,
    links.kind,
    seen.state,
    seen.stars,
    seen.forks,
    seen.likes,
    seen.downloads,
    seen.created_at,
    seen.pushed_at,
    seen.is_archived,
    seen.license,
    seen.language,
    seen.tags,
    links.paper_count,
    links.first_seen_on
from links
left join seen on links.repo_id = seen.repo_id
order by links.repo_id
