{% set what_of = "case links.kind when 'dataset' then 'data' else links.kind end" %}
with now as (
    select
        links.paper_id,
        {{ what_of }} as what,
        bool_or(links.availability = 'released' or links.in_feed) as is_released,
        list(links.url order by coalesce(repos.state, '') = 'gone', links.url) as urls,
        bool_and(coalesce(repos.state, '') = 'gone') as is_gone
    from {{ ref('paper_links') }} as links
    left join {{ ref('repos') }} as repos on links.repo_id = repos.repo_id
    where links.kind in ('code', 'model', 'dataset')
    group by links.paper_id, what
    union all by name
    select paper_id, what, false as is_released
    from {{ ref('paper_promises') }}
),

things as (
    select
        paper_id,
        what,
        bool_or(is_released) as is_released,
        bool_and(is_gone) as is_gone,
        any_value(urls) as urls
    from now
    group by paper_id, what
),

-- The day of a captured page, of a search say, is no day of its papers.
records as (
    select
        resolved.paper_id,
        entries.text_id,
        unnest([entries.code_url, entries.project_url]) as given_url,
        coalesce(cast(entries.observed_at as date), entries.feed_day) as said_on
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
    where entries.is_api
),

link_corrections as (
    {{ corrections_of('paper_links') }}
),

promise_corrections as (
    {{ corrections_of('paper_promises') }}
),

linked as (
    select records.paper_id, records.said_on, links.url, links.kind, links.availability, false as in_feed
    from records
    inner join {{ ref('stg_text_links') }} as links on records.text_id = links.text_id
    union all
    select records.paper_id, records.said_on, links.url, links.kind, null as availability, true as in_feed
    from records
    inner join {{ ref('stg_urls') }} as links on records.given_url = links.raw_url
),

links as (
    select found.paper_id, found.said_on, {{ corrected('kind') }}, {{ corrected('availability') }}, found.in_feed
    from linked as found
    left join link_corrections as corrections on found.paper_id || ' ' || found.url = corrections.row_id
    where corrections.is_suppressed is distinct from true
),

-- What each text of the paper, and each record that gave an address, said, and when that was seen.
said as (
    select records.paper_id, promises.what, false as is_released, records.said_on
    from records
    inner join {{ ref('stg_text_promises') }} as promises on records.text_id = promises.text_id
    left join promise_corrections as corrections
        on records.paper_id || ' ' || promises.what = corrections.row_id
    where corrections.is_suppressed is distinct from true
    union all
    select paper_id, {{ what_of }} as what, in_feed or availability = 'released' as is_released, said_on
    from links
),

since as (
    select
        paper_id,
        what,
        min(said_on) filter (where not is_released) as promised_on,
        min(said_on) filter (where is_released) as released_on
    from said
    group by paper_id, what
)

select
    papers.dated_on,
    things.paper_id,
    papers.arxiv_id,
    papers.title,
    things.what,
    case
        when not things.is_released then 'promised'
        when things.is_gone then 'gone'
        else 'released'
    end as status,
    since.promised_on,
    case when things.is_released then since.released_on end as released_on,
    case when not things.is_released then {{ newest_day() }} - since.promised_on end as days_open,
    things.urls
from things
inner join {{ ref('papers') }} as papers on things.paper_id = papers.paper_id
left join since on things.paper_id = since.paper_id and things.what = since.what
order by papers.dated_on, things.paper_id, things.what
