{# Rows whose columns, taken together, are not unique. #}
{% test unique_together(model, columns) %}
    select {{ columns | join(', ') }}, count(*) as rows_with_it
    from {{ model }}
    group by all
    having count(*) > 1
{% endtest %}


{# Rows that lack one of the columns, or break one of the conditions (unknown passes); each with what it breaks. #}
{% test sound_rows(model, complete=[], conditions=[]) %}
    {% set broken = [] %}
    {% for column in complete %}{% do broken.append(column ~ ' is null') %}{% endfor %}
    {% for condition in conditions %}{% do broken.append('not (' ~ condition ~ ')') %}{% endfor %}
    select *, case {% for b in broken %} when {{ b }} then {{ dbt.string_literal(dbt.escape_single_quotes(b)) }}{% endfor %} end as broken
    from {{ model }}
    where {{ broken | join(' or ') }}
{% endtest %}
