with links as (
    select
        links.repo_id,
        min(links.host) as host,
        min(links.owner) as owner,
        min(links.name) as name,
        min(links.kind) as kind,
        count(distinct links.paper_id) as paper_count,
        min(papers.first_seen_on) as first_seen_on
    from {{ ref('paper_links') }} as links
    inner join {{ ref('int_papers') }} as papers on links.paper_id = papers.paper_id
    where links.repo_id is not null
    group by links.repo_id
),

stars as (
    -- The feed counts the stars of the repository that it names for the paper.
    select urls.repo_id, arg_max(entries.github_stars, entries.ord) as stars
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('stg_urls') }} as urls on entries.code_url = urls.raw_url
    where urls.repo_id is not null and urls.host = 'github.com'
    group by urls.repo_id
)

select
    links.repo_id,
    links.repo_id as url,
    links.host,
    links.owner,
    links.name,
    links.kind,
    stars.stars,
    -- Likes are the Hub's; no feed brings them yet.
    cast(null as bigint) as likes,
    links.paper_count,
    links.first_seen_on
from links
left join stars on links.repo_id = stars.repo_id
order by links.repo_id
