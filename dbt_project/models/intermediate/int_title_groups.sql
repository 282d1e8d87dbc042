-- One row per record that is known by its title alone: the group of such records that are one paper. Two records of one
-- title are one paper unless their abstracts say otherwise; the earliest group has the plain id.
with records as (
    select snapshot_id, position, ord, title_key, text_id, abstract, authors
    from {{ ref('int_entries') }}
    where arxiv_id is null and doi is null and title_key is not null
),

texts as (
    select title_key, text_id, {{ words('any_value(abstract)') }} as words, min(ord) as ord
    from records
    where abstract is not null
    group by title_key, text_id
),

-- The earliest text that is like it; what is like a text that is like an earlier one belongs there too.
likeness as (
    select texts.title_key, texts.text_id, min(others.ord) as leader
    from texts
    inner join texts as others
        on
            texts.title_key = others.title_key
            and (
                texts.text_id = others.text_id
                or {{ overlap('texts.words', 'others.words') }} >= {{ var('same_paper_overlap') }}
            )
    group by texts.title_key, texts.text_id
),

leaders as (
    select likeness.title_key, likeness.text_id, of_leader.leader
    from likeness
    inner join texts on likeness.title_key = texts.title_key and likeness.leader = texts.ord
    inner join likeness as of_leader on texts.title_key = of_leader.title_key and texts.text_id = of_leader.text_id
),

named as (
    select
        leaders.title_key,
        leaders.text_id,
        case
            when leaders.leader > min(leaders.leader) over (partition by leaders.title_key)
                then '-' || left(texts.text_id, 8)
            else ''
        end as suffix
    from leaders
    inner join texts on leaders.title_key = texts.title_key and leaders.leader = texts.ord
)

select
    records.snapshot_id,
    records.position,
    records.title_key,
    records.text_id,
    records.abstract,
    records.authors,
    -- A record without an abstract could be any of them; the earliest is taken.
    'title:' || left(sha256(records.title_key), 16) || coalesce(named.suffix, '') as title_id
from records
left join named on records.title_key = named.title_key and records.text_id = named.text_id
