with corrections as (
    {{ corrections_of('metrics') }}
)

select
    found.metric_id,
    found.paper_id,
    found.dated_on,
    {{ corrected('value', 'double') }},
    {{ corrected('value_high', 'double') }},
    {{ corrected('baseline_value', 'double') }},
    {{ corrected('unit') }},
    {{ corrected('kind') }},
    {{ corrected('direction') }},
    -- What it was computed from is another number, so it is known only where the correction gives it too.
    case
        when map_contains(corrections.overrides, 'factor') then cast(corrections.overrides['factor'] as double)
        when
            list_has_any(
                map_keys(corrections.overrides), ['value', 'baseline_value', 'unit', 'kind', 'direction']
            )
            then null
        else found.factor
    end as factor,
    {{ corrected('quantity') }},
    {{ corrected('dataset') }},
    {{ corrected('baseline') }},
    {{ corrected('subject') }},
    found.evidence,
    found.evidence_in,
    found.evidence_start,
    found.evidence_end,
    -- What a person has reviewed is certain.
    case when corrections.row_id is not null then 1.0 else found.confidence end as confidence,
    case when corrections.row_id is not null then 'corrected' else found.rule end as rule
from {{ ref('int_metrics_found') }} as found
left join corrections on found.metric_id = corrections.row_id
where corrections.is_suppressed is distinct from true
order by found.dated_on, found.paper_id, found.evidence_in, found.evidence_start, found.value
