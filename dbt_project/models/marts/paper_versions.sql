-- Every text that an API gave of a paper, in the order in which `int_papers` prefers them: the last is the paper's own.
-- Blanks and signs make no version (a point within a number is none), and a version of arXiv is one text, however it is
-- set by different feeds.
with records as (
    select
        resolved.paper_id,
        entries.*,
        coalesce(cast(entries.observed_at as date), entries.snapshot_day) as seen_on,
        {{ title_key(decimals_kept('entries.title')) }} as title_said,
        {{ title_key(decimals_kept('entries.abstract')) }} as abstract_said
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
    where entries.is_api and entries.title is not null and entries.abstract is not null
),

-- One row per version that arXiv numbers, its latest text and where it was first seen; and per record without a number.
texts as (
    select
        paper_id,
        arxiv_version,
        min(ord) as ord,
        arg_max(struct_pack(title, abstract, title_said, abstract_said), ord) as told,
        arg_min(struct_pack(seen_on, observed_at, feed, snapshot_id), ord) as seen
    from records
    group by paper_id, arxiv_version, case when arxiv_version is null then ord end
),

compared as (
    select
        texts.paper_id,
        texts.arxiv_version,
        texts.ord,
        texts.told,
        texts.seen,
        row_number() over history = 1 as is_first,
        coalesce(texts.told.title_said != lag(texts.told.title_said) over history, true) as has_new_title,
        coalesce(texts.told.abstract_said != lag(texts.told.abstract_said) over history, true) as has_new_abstract
    from texts
    window history as (partition by texts.paper_id order by coalesce(texts.arxiv_version, 0), texts.ord)
)

select
    compared.paper_id,
    row_number() over history as version,
    case
        when compared.is_first then null
        when not compared.has_new_title then ['abstract']
        when not compared.has_new_abstract then ['title']
        else ['title', 'abstract']
    end as changed,
    compared.arxiv_version,
    compared.told.title,
    compared.told.abstract,
    compared.seen.seen_on,
    compared.seen.observed_at,
    compared.seen.feed,
    compared.seen.snapshot_id
from compared
where compared.is_first or compared.has_new_title or compared.has_new_abstract
window history as (partition by compared.paper_id order by coalesce(compared.arxiv_version, 0), compared.ord)
order by compared.paper_id, version
