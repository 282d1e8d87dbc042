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


{# Corrections of rows that are not there: mistyped, or the text has been revised and says it elsewhere. #}
{% test corrects_a_row(model) %}
    with found as (
        select 'metrics' as mart, metric_id as row_id from {{ ref('int_metrics_found') }}
        union all
        select 'paper_links', paper_id || ' ' || url from {{ ref('int_links_found') }}
        union all
        select 'paper_promises', papers.paper_id || ' ' || promises.what
        from {{ ref('int_papers') }} as papers
        inner join {{ ref('stg_text_promises') }} as promises on papers.text_id = promises.text_id
        union all
        select 'paper_topics', papers.paper_id || ' ' || topics.topic_id
        from {{ ref('int_papers') }} as papers
        inner join {{ ref('stg_text_topics') }} as topics on papers.text_id = topics.text_id
        union all
        select 'papers', lower(unnest([paper_id, 'doi:' || doi])) from {{ ref('int_papers_identified') }}
        union all
        select 'papers', title_id from {{ ref('int_title_groups') }}
    )

    select corrections.mart, corrections.row_id
    from {{ model }} as corrections
    anti join found
        on
            corrections.mart = found.mart
            and case corrections.mart when 'papers' then {{ plain_id('corrections.row_id') }} else corrections.row_id end
            = found.row_id
{% endtest %}
