{# The periods that gains are counted over, and their days. #}
{% macro periods() %}{{ return({'day': 1, 'week': 7}) }}{% endmacro %}


{# A name as it is compared: lower case, one blank for whatever is neither letter, digit nor `+`. #}
{% macro name_key(name) -%}
    trim(regexp_replace(lower({{ name }}), '[^\p{L}\p{N}+]+', ' ', 'g'))
{%- endmacro %}


{# The newest day of which a snapshot could be read: "now", so that the same snapshots always give the same marts. #}
{% macro newest_day() -%}
    (select max(feed_day) from {{ ref('stg_snapshots') }} where status = 'ingested')
{%- endmacro %}
