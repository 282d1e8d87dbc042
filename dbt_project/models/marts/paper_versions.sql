-- Every text that an API gave of a paper, in the order in which they were first seen; blanks and signs make no version.
with texts as (
    select
        resolved.paper_id,
        entries.title_key,
        {{ title_key('entries.abstract') }} as abstract_key,
        min(entries.ord) as ord,
        arg_min(
            struct_pack(
                entries.title, entries.abstract, entries.arxiv_version, entries.snapshot_id, entries.feed,
                seen_on := entries.feed_day, entries.observed_at
            ),
            entries.ord
        ) as seen
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
    where entries.is_api and entries.title is not null and entries.abstract is not null
    group by resolved.paper_id, entries.title_key, abstract_key
)

select
    texts.paper_id,
    row_number() over history as version,
    case
        when row_number() over history = 1 then null
        when texts.title_key = lag(texts.title_key) over history then ['abstract']
        when texts.abstract_key = lag(texts.abstract_key) over history then ['title']
        else ['title', 'abstract']
    end as changed,
    seen.arxiv_version,
    seen.title,
    seen.abstract,
    seen.seen_on,
    seen.observed_at,
    seen.feed,
    seen.snapshot_id
from texts
window history as (partition by texts.paper_id order by texts.ord)
order by texts.paper_id, version
