-- One row per paper and canonical url: found in its text, given by a feed, or both.
with in_text as (
    select papers.paper_id, links.*
    from {{ ref('int_papers') }} as papers
    inner join {{ ref('stg_text_links') }} as links on papers.text_id = links.text_id
),

given as (
    select resolved.paper_id, unnest([entries.code_url, entries.project_url]) as raw_url
    from {{ ref('int_entries') }} as entries
    inner join {{ ref('int_papers_resolved') }} as resolved
        on entries.snapshot_id = resolved.snapshot_id and entries.position = resolved.position
),

in_feed as (
    select
        given.paper_id,
        urls.url,
        min(urls.kind) as kind,
        min(urls.repo_id) as repo_id,
        min(urls.path) as path,
        min(urls.host) as host,
        min(urls.owner) as owner,
        min(urls.name) as name
    from given
    inner join {{ ref('stg_urls') }} as urls on given.raw_url = urls.raw_url
    where urls.url is not null
    group by given.paper_id, urls.url
)

select
    paper_id,
    url,
    coalesce(in_text.kind, in_feed.kind) as kind,
    in_text.availability,
    in_text.url is not null as in_text,
    in_feed.url is not null as in_feed,
    coalesce(in_text.repo_id, in_feed.repo_id) as repo_id,
    coalesce(in_text.host, in_feed.host) as host,
    coalesce(in_text.owner, in_feed.owner) as owner,
    coalesce(in_text.name, in_feed.name) as name,
    coalesce(in_text.path, in_feed.path) as path,
    in_text.evidence,
    in_text.evidence_in,
    in_text.evidence_start,
    in_text.evidence_end,
    in_text.rule
from in_text
full outer join in_feed using (paper_id, url)
