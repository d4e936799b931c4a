-- Which stages a run makes, and how far the one under way is.

-- A back-test needs customer_360 only, and what that rests on.
create or replace function c360.stages_of(p_kind text) returns setof c360.stage
language sql stable as $$
    with recursive needed as (
        select 'customer_360' as name
        union
        select unnest(stage.reads)
        from needed
        inner join c360.stage on needed.name = stage.name
    )

    select *
    from c360.stage
    where p_kind <> 'backtest' or name in (select needed.name from needed)
    order by position
$$;

comment on function c360.stages_of is 'The stages that a run of a kind makes, in their order.';

-- Time left is what the same stages took in the last run of this kind that finished.
create or replace view c360.progress as
with running as (
    select
        run_id,
        kind,
        started_at,
        trigger,
        requested_by,
        split_part(application_name, ' ', 3)::integer as position,
        split_part(application_name, ' ', 4) as stage,
        nullif(split_part(application_name, ' ', 5), '')::bigint as rows_so_far
    from c360.run_history
    where state = 'running' and application_name ~ '^c360 #\d+ \d+ \S+'
),

last_run as (
    select max(run_id) as run_id
    from c360.run
    where state in ('published', 'replaced', 'held', 'tested') and kind = (select running.kind from running)
),

weights as (
    select
        stage.position,
        stage.name,
        coalesce(run_stage.seconds, 1) as seconds
    from c360.stages_of((select running.kind from running)) as stage
    left join c360.run_stage
        on stage.name = run_stage.stage and run_stage.run_id = (select last_run.run_id from last_run)
)

select
    running.run_id,
    running.started_at,
    running.stage,
    count(*) filter (where weights.position < running.position) as stages_done,
    count(*) as stages,
    coalesce(sum(weights.seconds) filter (where weights.position < running.position), 0)
    / nullif(sum(weights.seconds), 0) as share_done,
    coalesce(sum(weights.seconds) filter (where weights.position >= running.position), 0) as seconds_left,
    coalesce(running.rows_so_far, 0) as rows_so_far,
    running.trigger,
    running.requested_by,
    running.stage <> 'publishing' as can_be_cancelled,
    running.kind
from running
cross join weights
group by
    running.run_id, running.started_at, running.stage, running.position, running.rows_so_far, running.trigger,
    running.requested_by, running.kind;

comment on view c360.progress is
'The run under way, seen from any session: stage, share done, seconds left, rows so far.';
