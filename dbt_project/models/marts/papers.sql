with code_links as (
    select
        paper_id,
        bool_or(availability = 'released' or in_feed) as is_released
    from {{ ref('paper_links') }}
    where kind = 'code'
    group by paper_id
),

code_promises as (
    select distinct paper_id
    from {{ ref('paper_promises') }}
    where what = 'code'
)

select
    papers.paper_id,
    papers.arxiv_id,
    papers.arxiv_version,
    papers.doi,
    papers.title,
    papers.abstract,
    papers.authors,
    papers.categories,
    papers.organization,
    papers.published_on,
    papers.dated_on,
    papers.revised_on,
    papers.arxiv_status,
    papers.journal_ref,
    papers.license,
    papers.author_note,
    papers.first_seen_on,
    papers.last_seen_on,
    papers.upvotes,
    papers.comments,
    case
        when code_links.is_released then 'released'
        when code_links.paper_id is not null or code_promises.paper_id is not null then 'promised'
    end as code_status,
    papers.ai_summary,
    papers.ai_keywords
from {{ ref('int_papers') }} as papers
left join code_links on papers.paper_id = code_links.paper_id
left join code_promises on papers.paper_id = code_promises.paper_id
-- By day, so that a query of some weeks reads those weeks alone.
order by papers.dated_on, papers.paper_id
