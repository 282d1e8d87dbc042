-- Every text that an API gave of a paper, in the order in which `int_papers` prefers them: the last is the paper's own.
-- Blanks and signs make no version (a point within a number is none), and a version of arXiv is one text, however it is
-- set by different feeds.
with texts as (
    select
        resolved.paper_id,
        entries.*,
        {{ title_key(decimals_kept('entries.title')) }} as title_said,
        {{ title_key(decimals_kept('entries.abstract')) }} as abstract_said
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
    where entries.is_api and entries.title is not null and entries.abstract is not null
),

compared as (
    select
        *,
        row_number() over history = 1 as is_first,
        coalesce(title_said != lag(title_said) over history, true) as has_new_title,
        coalesce(abstract_said != lag(abstract_said) over history, true) as has_new_abstract,
        coalesce(arxiv_version = lag(arxiv_version) over history, false) as is_same_version
    from texts
    window history as (partition by paper_id order by coalesce(arxiv_version, 0), ord)
)

select
    paper_id,
    row_number() over (partition by paper_id order by coalesce(arxiv_version, 0), ord) as version,
    case
        when is_first then null
        when not has_new_title then ['abstract']
        when not has_new_abstract then ['title']
        else ['title', 'abstract']
    end as changed,
    arxiv_version,
    title,
    abstract,
    coalesce(cast(observed_at as date), snapshot_day) as seen_on,
    observed_at,
    feed,
    snapshot_id
from compared
where is_first or ((has_new_title or has_new_abstract) and not is_same_version)
order by paper_id, version
