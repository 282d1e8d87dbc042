{# A column as a reviewed correction has it, where there is one; a correction without a value makes it NULL. #}
{% macro corrected(column, type='varchar') -%}
    case
        when map_contains(corrections.overrides, '{{ column }}')
            then cast(corrections.overrides['{{ column }}'] as {{ type }})
        else found.{{ column }}
    end as {{ column }}
{%- endmacro %}


{# An id of a paper as a person may write it, as the marts have it: in small letters, without a version. #}
{% macro plain_id(row_id) -%}
    regexp_replace(lower(trim({{ row_id }})), '^(arxiv:.+)v[0-9]+$', '\1')
{%- endmacro %}


{# The reviewed corrections of one mart: a row for each of its rows that is overridden or suppressed. #}
{% macro corrections_of(mart) -%}
    select
        row_id,
        bool_or(action = 'suppress') as is_suppressed,
        map_from_entries(
            list((column_name, new_value) order by column_name) filter (where action = 'override')
        ) as overrides
    from {{ ref('corrections') }}
    where mart = '{{ mart }}'
    group by row_id
{%- endmacro %}
