{# Every feed's adapter hands over the same columns, so staging a feed is this one query with its day filled in. #}
{% macro stage_entries(feed) -%}
    select
        entries.snapshot_id,
        entries.position,
        '{{ feed }}' as feed,
        -- An API's records name their day; a captured page's is the day of capture, whatever its records say.
        {{ 'coalesce(entries.listed_on, snapshots.feed_day)' if feed in var('api_feeds') else 'snapshots.feed_day' }} as feed_day,
        snapshots.feed_day as snapshot_day,
        snapshots.observed_at,
        entries.rank,
        nullif(entries.arxiv_id, '') as arxiv_id,
        lower(nullif(entries.doi, '')) as doi,
        {{ title_key('entries.title') }} as title_key,
        entries.text_id,
        entries.title,
        entries.abstract,
        coalesce(entries.abstract_is_cut, false) as abstract_is_cut,
        entries.authors,
        entries.categories,
        entries.organization,
        entries.published_on,
        entries.upvotes,
        entries.comments,
        entries.code_url,
        entries.project_url,
        entries.github_stars,
        entries.ai_summary,
        entries.ai_keywords
    from {{ source('raw', feed ~ '__entries') }} as entries
    inner join {{ source('raw', 'snapshots') }} as snapshots on entries.snapshot_id = snapshots.snapshot_id
    where snapshots.status = 'ingested'
{%- endmacro %}
