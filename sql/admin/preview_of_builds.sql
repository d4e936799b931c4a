-- What would become of builds under other settings: build, and one text a row.

-- name: drift
-- parameters: drift_customers_limit, drift_value_limit, drift_segment_limit
-- Which drift checks would hold the newest build that had any: build, sentence (null: none would), as 97_drift_checks.
with last_build as (
    select max(run_id) as run_id
    from c360.run_check
    where severity = 'hold'
),

limits as (
    select
        run_check.run_id,
        run_check.sentence,
        run_check.observed,
        run_check.expected,
        case
            when run_check.name = 'drift_customers' then cast(:drift_customers_limit as numeric) * run_check.expected
            when run_check.name = 'drift_value' then cast(:drift_value_limit as numeric) * abs(run_check.expected)
            else cast(:drift_segment_limit as numeric)
        end as tolerance
    from c360.run_check
    inner join last_build on run_check.run_id = last_build.run_id
    where run_check.severity = 'hold'
)

select
    last_build.run_id as build,
    limits.sentence as became
from last_build
left join limits
    on last_build.run_id = limits.run_id and not coalesce(abs(limits.observed - limits.expected) <= tolerance, false)
where last_build.run_id is not null
order by limits.sentence;

-- name: retention
-- parameters: builds_kept
-- Which builds the next published one would drop: build (the one published now), became (null: none).
select
    publication.run_id as build,
    old_build.run_id::text as became
from c360.publication
left join c360.old_builds(cast(:builds_kept as integer), true) as old_build (run_id) on true
order by old_build.run_id;
