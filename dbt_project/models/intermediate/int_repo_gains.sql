-- One row per repository and period (day, week) in which its stars or likes were seen, with what they had gained since
-- they were seen before: before the period, else at its first observation within it.
with seen as (
    select
        repo_id,
        {{ counted_on() }} as seen_on,
        arg_max(stars, ord) as stars,
        arg_max(likes, ord) as likes,
        arg_max(downloads, ord) as downloads
    from {{ ref('int_repo_observations') }}
    where coalesce(stars, likes) is not null
    group by repo_id, seen_on
),

by_period as (
    select
        periods.period,
        periods.days,
        cast(date_trunc(periods.period, seen.seen_on) as date) as starts_on,
        seen.repo_id,
        min(seen.seen_on) as first_on,
        max(seen.seen_on) as seen_on,
        arg_min(seen.stars, seen.seen_on) as first_stars,
        arg_min(seen.likes, seen.seen_on) as first_likes,
        arg_max(seen.stars, seen.seen_on) as stars,
        arg_max(seen.likes, seen.seen_on) as likes,
        arg_max(seen.downloads, seen.seen_on) as downloads
    from seen
    cross join {{ periods() }}
    group by periods.period, periods.days, starts_on, seen.repo_id
),

compared as (
    select
        *,
        coalesce(lag(seen_on) over history, case when first_on < seen_on then first_on end) as since_on,
        coalesce(lag(stars) over history, case when first_on < seen_on then first_stars end) as stars_before,
        coalesce(lag(likes) over history, case when first_on < seen_on then first_likes end) as likes_before
    from by_period
    window history as (partition by period, repo_id order by starts_on)
)

select
    period,
    starts_on,
    repo_id,
    seen_on,
    since_on,
    -- Of a gain over a longer time than the period, the period's share.
    case when since_on is not null then least(1, days / greatest(1, seen_on - since_on)) end as period_share,
    stars,
    stars - stars_before as stars_gained,
    likes,
    likes - likes_before as likes_gained,
    downloads
from compared
