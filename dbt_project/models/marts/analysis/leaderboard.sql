with scores as (
    select
        metrics.*,
        datasets.dataset as board,
        measures.measure,
        measures.better
    from {{ ref('metrics') }} as metrics
    inner join {{ ref('dataset_aliases') }} as datasets on {{ name_key('metrics.dataset') }} = datasets.spelling
    inner join {{ ref('measure_aliases') }} as measures on {{ name_key('metrics.quantity') }} = measures.spelling
    where
        metrics.kind = 'score'
        and metrics.confidence >= {{ var('leaderboard_confidence') }}
        and (metrics.unit != '%' or metrics.value <= 100)
        and metrics.value_high is null
        -- Of 29 scores that nothing but their place makes one, six were none; a share is one of another's value.
        and metrics.rule not in ('plain', 'share', 'bracketed_share')
        -- Where a change began is the value of what was there before.
        and (metrics.rule not like 'from_to%' or metrics.baseline_value is not null)
        and not regexp_matches(lower(coalesce(metrics.subject, '')), '\b(humans?|experts?|annotators?|participants?)\b')
),

-- A paper's best for each of its methods: what it says twice counts once.
best as (
    select *
    from scores
    qualify row_number() over (
        partition by board, measure, unit, paper_id, subject
        order by case better when 'lower' then value else -value end, metric_id
    ) = 1
)

select
    best.board as dataset,
    best.measure,
    best.unit,
    best.better,
    cast(
        rank() over (
            partition by best.board, best.measure, best.unit
            order by case best.better when 'lower' then best.value else -best.value end
        ) as integer
    ) as rank,
    best.value,
    best.subject,
    best.paper_id,
    papers.arxiv_id,
    papers.title,
    papers.dated_on,
    best.baseline,
    best.evidence,
    best.evidence_in,
    best.evidence_start,
    best.evidence_end,
    best.confidence,
    best.metric_id
from best
inner join {{ ref('papers') }} as papers on best.paper_id = papers.paper_id
order by dataset, measure, unit, rank, best.paper_id, best.subject
