{# A title as it is compared: letters and digits alone, without case. A title of symbols alone is compared as it is. #}
{% macro title_key(title) -%}
    coalesce(nullif(regexp_replace(lower({{ title }}), '[^\p{L}\p{N}]+', '', 'g'), ''), {{ title }})
{%- endmacro %}


{# A text with the points within its numbers as letters, which `title_key` keeps: "1.5%" is not "15%". #}
{% macro decimals_kept(text) -%}
    regexp_replace({{ text }}, '[.]([0-9])', 'point\1', 'g')
{%- endmacro %}
