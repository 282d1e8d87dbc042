-- Records known by their title alone that turned out to be a paper with an id.
select distinct
    title_id as alias,
    paper_id
from {{ ref('int_papers_resolved') }}
where is_by_title and title_id != paper_id
order by alias
