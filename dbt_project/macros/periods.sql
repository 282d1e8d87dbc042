{# The periods that gains are counted over, and their days. #}
{% macro periods() -%}
    (values ('day', 1), ('week', 7)) as periods (period, days)
{%- endmacro %}


{# The day that a count tells of: what is seen before noon (UTC) was gained the day before; a time that is not known stands on its feed's day. #}
{% macro counted_on() -%}
    coalesce(cast(observed_at - interval 12 hour as date), feed_day)
{%- endmacro %}


{# A name as it is compared: lower case, one blank for whatever is neither letter, digit nor `+`. #}
{% macro name_key(name) -%}
    trim(regexp_replace(lower({{ name }}), '[^\p{L}\p{N}+]+', ' ', 'g'))
{%- endmacro %}


{# The newest day of which a snapshot could be read: "now", so that the same snapshots always give the same marts. #}
{% macro newest_day() -%}
    (select max(feed_day) from {{ ref('stg_snapshots') }} where status = 'ingested')
{%- endmacro %}


{# The newest day of a feed that lists papers; of any, where none does. #}
{% macro newest_listed_day() -%}
    (
        select coalesce(max(feed_day) filter (where {{ is_one_of('feed', 'listing_feeds') }}), max(feed_day))
        from {{ ref('stg_snapshots') }} where status = 'ingested'
    )
{%- endmacro %}
