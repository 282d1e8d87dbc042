{# Whether a feed is in one of the project's lists of feeds (`vars` in dbt_project.yml). #}
{% macro is_one_of(feed, feeds) -%}
{{ feed }} in ('{{ var(feeds) | join("', '") }}')
{%- endmacro %}
