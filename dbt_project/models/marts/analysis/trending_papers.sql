with code_repos as (
    select distinct paper_id, repo_id
    from {{ ref('paper_links') }}
    where kind = 'code' and repo_id is not null
),

stars as (
    select
        links.paper_id,
        gains.period,
        gains.starts_on,
        sum(gains.stars) as stars,
        sum(round(gains.stars_gained * gains.period_share)) as stars_gained
    from code_repos as links
    inner join {{ ref('repos') }} as repos on links.repo_id = repos.repo_id
    inner join {{ ref('int_repo_gains') }} as gains on links.repo_id = gains.repo_id
    -- A repository that many papers name is a tool of theirs, and its stars are not for one of them.
    where repos.paper_count <= {{ var('papers_of_one_repo') }}
    group by links.paper_id, gains.period, gains.starts_on
),

scored as (
    select
        coalesce(votes.period, stars.period) as period,
        coalesce(votes.starts_on, stars.starts_on) as starts_on,
        coalesce(votes.paper_id, stars.paper_id) as paper_id,
        votes.upvotes,
        votes.upvotes_gained,
        stars.stars,
        stars.stars_gained,
        ln(1 + greatest(coalesce(votes.upvotes_gained, 0), 0))
        + 0.5 * ln(1 + greatest(coalesce(stars.stars_gained, 0), 0)) as score
    from {{ ref('int_paper_gains') }} as votes
    full outer join stars
        on votes.period = stars.period and votes.starts_on = stars.starts_on and votes.paper_id = stars.paper_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by period, starts_on order by score desc, upvotes desc nulls last, paper_id asc
        ) as rank
    from scored
    where score > 0
    qualify rank <= {{ var('trending_rows') }}
),

topics as (
    select paper_topics.paper_id, list(topics.label order by paper_topics.score desc, topics.label asc) as topics
    from {{ ref('paper_topics') }} as paper_topics
    inner join {{ ref('topics') }} as topics on paper_topics.topic_id = topics.topic_id
    group by paper_topics.paper_id
)

select
    ranked.period,
    ranked.starts_on,
    cast(ranked.rank as integer) as rank,
    ranked.paper_id,
    papers.arxiv_id,
    papers.title,
    round(ranked.score, 3) as score,
    cast(ranked.upvotes_gained as bigint) as upvotes_gained,
    cast(ranked.stars_gained as bigint) as stars_gained,
    ranked.upvotes,
    cast(ranked.stars as bigint) as stars,
    topics.topics,
    papers.code_status,
    papers.published_on
from ranked
inner join {{ ref('papers') }} as papers on ranked.paper_id = papers.paper_id
left join topics on ranked.paper_id = topics.paper_id
order by ranked.starts_on, ranked.period, ranked.rank
