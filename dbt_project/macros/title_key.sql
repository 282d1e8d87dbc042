{# A title as it is compared: letters and digits alone, without case. A title of symbols alone is compared as it is. #}
{% macro title_key(title) -%}
    coalesce(nullif(regexp_replace(lower({{ title }}), '[^\p{L}\p{N}]+', '', 'g'), ''), {{ title }})
{%- endmacro %}
