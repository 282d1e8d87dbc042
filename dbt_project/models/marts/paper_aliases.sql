-- Titles of records that turned out to be a paper with an id, and DOIs of arXiv papers; none that leads to two papers.
select
    other_id as alias,
    min(paper_id) as paper_id
from {{ ref('int_papers_resolved') }}
inner join {{ ref('int_papers') }} using (paper_id)
where other_id is not null
group by other_id
having count(distinct paper_id) = 1
order by alias
