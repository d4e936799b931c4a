-- What everyone may ask about builds: the published one, the history, the progress of the run under way.

create or replace view c360.published_build as
select
    run.run_id as build_id,
    run.as_of,
    run.ended_at as built_at,
    run.data_to,
    publication.published_at,
    c360.setting_value('currency') as currency,
    c360.setting_value('timezone') as timezone
from c360.publication
inner join c360.run on publication.run_id = run.run_id;

comment on view c360.published_build is 'The build that the views in this schema show; no row before the first one.';

-- A row that says running may belong to a session that died: the truth is in the sessions of the database, and every
-- session may see the application name of every other.
create or replace view c360.run_history as
with sessions as (
    select
        run.run_id,
        activity.application_name
    from c360.run
    inner join pg_stat_activity as activity
        on run.pid = activity.pid and activity.application_name like 'c360 #' || run.run_id || ' %'
    where run.state = 'running'
)

select
    run.run_id,
    run.kind,
    run.trigger,
    run.requested_by,
    run.as_of,
    case when run.state = 'running' and sessions.run_id is null then 'lost' else run.state end as state,
    run.started_at,
    run.ended_at,
    extract(epoch from coalesce(run.ended_at, clock_timestamp()) - run.started_at) as seconds,
    run.data_to,
    run.pid,
    run.error,
    run.sqlstate,
    sessions.application_name,
    case when run.state = 'cancelled' then run_cancellation.requested_by end as cancelled_by,
    run.changed_customers,
    run.note
from c360.run
left join sessions on run.run_id = sessions.run_id
left join c360.run_cancellation on run.run_id = run_cancellation.run_id;

comment on view c360.run_history is 'All runs with their true state: a run whose session is gone is lost.';

create or replace view c360.last_failure as
select
    run_id,
    started_at,
    state,
    error
from c360.run_history
where
    state in ('failed', 'lost', 'rejected', 'held')
    and kind <> 'backtest'
    and run_id > coalesce((select publication.run_id from c360.publication), 0)
order by run_id desc
limit 1;

comment on view c360.last_failure is 'The newest run after the published one that was not published; else no row.';

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
    running.stage <> 'publishing' as can_be_cancelled
from running
cross join weights
group by
    running.run_id, running.started_at, running.stage, running.position, running.rows_so_far, running.trigger,
    running.requested_by;

comment on view c360.progress is
'The run under way, seen from any session: stage, share done, seconds left, rows so far.';
