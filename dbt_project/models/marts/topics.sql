select
    taxonomy.topic_id,
    taxonomy.label,
    taxonomy.area,
    taxonomy.definition,
    count(paper_topics.paper_id) as paper_count
from {{ ref('topic_taxonomy') }} as taxonomy
left join {{ ref('paper_topics') }} as paper_topics on taxonomy.topic_id = paper_topics.topic_id
group by all
order by taxonomy.topic_id
