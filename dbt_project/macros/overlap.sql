{# The longer words of a text, each once: what two texts about the same have in common. #}
{% macro words(text) -%}
    list_distinct(list_filter(regexp_extract_all(lower({{ text }}), '[\p{L}\p{N}]+'), lambda word: length(word) >= 5))
{%- endmacro %}


{# The share of the words of the shorter text that the other has too; NULL where either is unknown or has none. #}
{% macro overlap(words, others) -%}
    len(list_intersect({{ words }}, {{ others }})) / nullif(least(len({{ words }}), len({{ others }})), 0)
{%- endmacro %}
