-- What everyone may ask about builds: the published one, and what became of each run.

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
