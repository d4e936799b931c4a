-- Check: campaigns: what is known of them.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (where started_at is null) as no_time,
        count(*) filter (where ended_at < started_at) as ended_early,
        count(*) filter (where cost < 0) as negative_cost
    from source.campaigns
)

select
    finding.finding,
    finding.treatment,
    finding.rows,
    counted.of_rows,
    finding.sentence
from counted
cross join lateral (
    values
    ('no time', 'keep', counted.no_time, 'have no started_at'),
    ('ended before started', 'keep', counted.ended_early, 'ended before they started'),
    ('negative cost', 'keep', counted.negative_cost, 'have a cost below 0')
) as finding (finding, treatment, rows, sentence)
