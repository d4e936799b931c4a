-- What the admin page asks as the owner. These blocks name their schemas.

-- name: moment
-- What all of the page depends on: another value means that something has changed.
select
    (select publication.run_id || '@' || publication.published_at from c360.publication) as published,
    (select md5(string_agg(run_id || state, ',' order by run_id)) from c360.run_history) as runs,
    (select md5(string_agg(name || value, ',' order by name)) from c360.setting) as settings,
    c360.rebuild_under_way() as under_way,
    c360.setting_value('timezone') as timezone;

-- name: kept_builds
-- The builds whose tables are in the database and that can be published or discarded, the newest first.
select
    run.run_id,
    run.state,
    run.as_of,
    run.ended_at,
    run_summary.customers,
    run_summary.lifetime_value
from c360.run
inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
left join c360.run_summary on run.run_id = run_summary.run_id
where run.state in ('held', 'rejected', 'replaced')
order by run.run_id desc;

-- name: settings
-- The settings as they are now: what the next build will use.
select
    name,
    value,
    default_value
from c360.setting;

-- name: set_setting
-- parameters: name, value
-- One setting.
update c360.setting
set value = :value
where name = :name;

-- name: audit
-- parameters: row_limit
-- Who did what, the newest first.
select
    at,
    person,
    action,
    subject,
    detail,
    address
from c360.audit
order by audit_id desc
limit :row_limit;

-- name: news
-- What was not told yet about runs; asking for it is the promise to tell it.
select
    news.event,
    news.run_id,
    run.state,
    run.kind,
    run.trigger,
    run.as_of,
    run.started_at,
    run.ended_at,
    run.sqlstate,
    (select publication.run_id from c360.publication) as shown_build,
    (
        select coalesce(array_agg(run_check.name order by run_check.name), '{}')
        from c360.run_check
        where run_check.run_id = run.run_id and not run_check.passed
    ) as failed_checks
from c360.news() as news
inner join c360.run_history as run on news.run_id = run.run_id
order by news.run_id;
