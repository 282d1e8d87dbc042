-- One row per paper: its text from the newest version that an API gave, else from a page; all else the latest known.
with entries as (
    select entries.*, resolved.paper_id
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
),

papers as (
    select
        paper_id,
        arg_max(arxiv_id, ord) as arxiv_id,
        arg_max(doi, ord) as doi,
        -- An abstract before none, an API before a page, a whole one before a cut one, then the newest.
        arg_max(
            struct_pack(text_id, title, abstract), (abstract is not null, is_api, not abstract_is_cut, ord)
        ) as best,
        arg_max(authors, ord) as authors,
        arg_max(categories, ord) as categories,
        arg_max(organization, ord) as organization,
        arg_max(published_on, ord) as published_on,
        min(feed_day) as first_seen_on,
        max(feed_day) as last_seen_on,
        arg_max(upvotes, ord) as upvotes,
        arg_max(comments, ord) as comments,
        arg_max(ai_summary, ord) as ai_summary,
        arg_max(ai_keywords, ord) as ai_keywords
    from entries
    group by paper_id
)

select unnest(best), * exclude (best)
from papers
