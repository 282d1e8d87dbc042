-- One row per record of a snapshot, over all feeds. `ord` puts records in the order in which they were observed, the
-- same on every machine; where the time of observation is unknown, the snapshot's day stands for it.
with entries as (
    {% for feed in var('paper_feeds') %}
    select * from {{ ref('stg_' ~ feed ~ '__entries') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    *,
    {{ is_one_of('feed', 'api_feeds') }} as is_api,
    {{ is_one_of('feed', 'listing_feeds') }} as is_listed,
    row_number() over (order by coalesce(observed_at, snapshot_day), snapshot_day, feed, snapshot_id, position) as ord
from entries
