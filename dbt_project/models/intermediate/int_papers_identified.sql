-- One row per record with an id: by arXiv id, else by DOI; a DOI that exactly one arXiv paper has is that paper's.
with arxiv_of_doi as (
    select doi, min(arxiv_id) as arxiv_id
    from {{ ref('int_entries') }}
    where doi is not null and arxiv_id is not null
    group by doi
    having count(distinct arxiv_id) = 1
)

select
    entries.snapshot_id,
    entries.position,
    entries.title_key,
    entries.text_id,
    entries.abstract,
    entries.authors,
    entries.doi,
    coalesce('arxiv:' || coalesce(entries.arxiv_id, arxiv_of_doi.arxiv_id), 'doi:' || entries.doi) as paper_id
from {{ ref('int_entries') }} as entries
left join arxiv_of_doi on entries.doi = arxiv_of_doi.doi
where entries.arxiv_id is not null or entries.doi is not null
