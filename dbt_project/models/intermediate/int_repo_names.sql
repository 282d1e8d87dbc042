-- One row per url of a repository that has several (it was renamed): the one that papers linked first stays its id.
with names as (
    select unnest(list_distinct([asked_url, url])) as url, feed, host_id, ord
    from {{ ref('int_repo_entries') }}
    where host_id is not null
),

-- A name that was given up may come to mean another repository: the latest holds.
hosts as (
    select url, arg_max(struct_pack(feed, host_id), ord) as host
    from names
    where url is not null
    group by url
),

linked as (
    select links.repo_id as url, min(papers.first_seen_on) as linked_on
    from {{ ref('int_links_found') }} as links
    inner join {{ ref('int_papers') }} as papers on links.paper_id = papers.paper_id
    where links.repo_id is not null
    group by links.repo_id
)

select
    hosts.url,
    first_value(hosts.url) over (
        partition by hosts.host order by linked.linked_on nulls last, hosts.url
        rows between unbounded preceding and unbounded following
    ) as repo_id
from hosts
left join linked on hosts.url = linked.url
