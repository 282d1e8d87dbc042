-- One row per repository that a host was asked about, over all feeds, in the order of observation.
with entries as (
    {% for feed in var('repo_feeds') %}
    select * from {{ ref('stg_' ~ feed ~ '__entries') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select *, row_number() over (order by coalesce(observed_at, feed_day), feed_day, feed, snapshot_id, position) as ord
from entries
