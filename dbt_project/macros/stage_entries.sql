{# Every feed of papers hands over the same columns, so staging a feed is this one query with its day filled in. #}
{% macro stage_entries(feed) -%}
    with snapshots as (
        select
            *,
            {{ fetch_id() }} as fetch_id,
            -- The pages of one fetch are one observation, ranks running on; unknown where a page before is missing.
            case
                when coalesce(part, 1) = 1 then 0
                when count(*) over earlier = part - 1 then sum(records) over earlier
            end as ranks_before
        from {{ source('raw', 'snapshots') }}
        where feed = '{{ feed }}' and status = 'ingested'
        window earlier as (
            partition by feed_day, observed_at, parts order by part range between unbounded preceding and 1 preceding
        )
    )

    select
        entries.snapshot_id,
        entries.position,
        '{{ feed }}' as feed,
        -- An API's records name their day; a captured page's is the day of capture, whatever its records say.
        {{ 'coalesce(entries.listed_on, snapshots.feed_day)' if feed in var('api_feeds') else 'snapshots.feed_day' }} as feed_day,
        snapshots.feed_day as snapshot_day,
        snapshots.observed_at,
        snapshots.fetch_id,
        cast(entries.rank + snapshots.ranks_before as integer) as rank,
        nullif(entries.arxiv_id, '') as arxiv_id,
        entries.arxiv_version,
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
        entries.revised_on,
        entries.arxiv_status,
        entries.announced_as,
        entries.journal_ref,
        entries.license,
        entries.author_note,
        entries.upvotes,
        entries.comments,
        entries.code_url,
        entries.project_url,
        entries.github_stars,
        entries.ai_summary,
        entries.ai_keywords
    from {{ source('raw', feed ~ '__entries') }} as entries
    inner join snapshots on entries.snapshot_id = snapshots.snapshot_id
{%- endmacro %}


{# Every feed of repositories, likewise. #}
{% macro stage_repos(feed) -%}
    select
        entries.* exclude (asked_url, url),
        '{{ feed }}' as feed,
        snapshots.feed_day,
        snapshots.observed_at,
        entries.asked_url,
        entries.url
    from {{ source('raw', feed ~ '__entries') }} as entries
    inner join {{ source('raw', 'snapshots') }} as snapshots on entries.snapshot_id = snapshots.snapshot_id
    where snapshots.status = 'ingested'
{%- endmacro %}


{# What one fetch is: a snapshot, or all parts of one. #}
{% macro fetch_id() -%}
    case when parts > 1 then concat_ws(' ', feed, feed_day, observed_at, parts) else snapshot_id end
{%- endmacro %}
