-- One row per group of records known by their title alone that is a paper with an id: one of the same title, with an
-- author or most of the abstract in common. Where neither is known, the only paper of that title.
with by_title as (
    select
        title_id,
        title_key,
        text_id,
        {{ words('any_value(abstract)') }} as words,
        list_transform(
            flatten(list(authors) filter (where authors is not null)), lambda name: lower(name)
        ) as authors
    from {{ ref('int_title_groups') }}
    group by title_id, title_key, text_id
),

identified as (
    select
        paper_id,
        title_key,
        text_id,
        {{ words('any_value(abstract)') }} as words,
        list_transform(
            flatten(list(authors) filter (where authors is not null)), lambda name: lower(name)
        ) as authors
    from {{ ref('int_papers_identified') }}
    where title_key in (select title_key from by_title)
    group by paper_id, title_key, text_id
),

candidates as (
    select
        by_title.title_id,
        identified.paper_id,
        max({{ overlap('by_title.words', 'identified.words') }}) as overlap,
        bool_or(list_has_any(by_title.authors, identified.authors)) as has_common_author
    from by_title
    inner join identified on by_title.title_key = identified.title_key
    group by by_title.title_id, identified.paper_id
),

judged as (
    select
        *,
        case
            when has_common_author or overlap >= {{ var('same_paper_overlap') }} then 'same'
            when has_common_author is null and overlap is null then 'unknown'
            else 'other'
        end as verdict,
        count(*) over (partition by title_id) as papers_of_title
    from candidates
)

select title_id, paper_id
from judged
where verdict = 'same' or (verdict = 'unknown' and papers_of_title = 1)
qualify row_number() over (partition by title_id order by coalesce(overlap, 0) desc, paper_id) = 1
