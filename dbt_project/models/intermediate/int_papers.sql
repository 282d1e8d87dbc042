-- One row per paper: its text from the newest version that an API gave, else from a page; all else the latest known.
-- Daily Papers copies a text once and says no version, so what a version of arXiv says is newer, whenever it was seen.
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
        max(arxiv_version) as arxiv_version,
        arg_max(doi, ord) as doi,
        -- A title before none (a deleted record has none), an abstract before none, an API before a page, a whole one
        -- before a cut one, then the highest version, then the newest.
        arg_max(
            struct_pack(text_id, title, abstract),
            (title is not null, abstract is not null, is_api, not abstract_is_cut, coalesce(arxiv_version, 0), ord)
        ) as best,
        arg_max(authors, ord) as authors,
        arg_max(categories, ord) as categories,
        arg_max(organization, ord) as organization,
        arg_max(published_on, ord) as published_on,
        max(revised_on) as revised_on,
        -- What the latest arXiv record says, also that it says nothing of the kind (any more).
        nullif(arg_max(coalesce(arxiv_status, ''), ord) filter (where feed like 'arxiv%'), '') as arxiv_status,
        arg_max(journal_ref, ord) as journal_ref,
        arg_max(license, ord) as license,
        arg_max(author_note, ord) as author_note,
        -- Where it was listed; a paper that no list has had, when a feed first told of it.
        coalesce(min(feed_day) filter (where is_listed), min(feed_day)) as first_seen_on,
        coalesce(max(feed_day) filter (where is_listed), max(feed_day)) as last_seen_on,
        -- The list that brought it first.
        arg_min(feed, ord) filter (where is_listed) as listed_by,
        -- The day a page was captured says nothing of when its papers appeared.
        coalesce(arg_max(published_on, ord), min(feed_day) filter (where is_api)) as dated_on,
        arg_max(upvotes, ord) as upvotes,
        arg_max(comments, ord) as comments,
        arg_max(ai_summary, ord) as ai_summary,
        arg_max(ai_keywords, ord) as ai_keywords
    from entries
    group by paper_id
    having count(title) > 0
)

select unnest(best), * exclude (best)
from papers
