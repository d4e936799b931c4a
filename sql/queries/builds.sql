-- What there is to know about builds. These blocks name their schemas; all others mean the tables of one build.

-- name: published
-- The build that the views show: one row, none before the first one.
select
    published_build.build_id,
    published_build.as_of,
    published_build.data_to,
    run.started_at,
    :erased_since as erasures,
    :last_back_test as back_test,
    coalesce(run.ended_at, run.started_at) as built_at
from c360.published_build
inner join c360.run on published_build.build_id = run.run_id;

-- name: by_id
-- parameters: build_id
-- One run of the log as a build; whether its tables are there is seen when its settings are read.
select
    run_id as build_id,
    as_of,
    data_to,
    started_at,
    :erased_since as erasures,
    :last_back_test as back_test,
    coalesce(ended_at, started_at) as built_at
from c360.run
where run_id = :build_id;

-- name: settings
-- The settings that the build in the search path was made with, as one JSON object.
select to_jsonb(settings) as frozen
from settings;

-- name: present
-- All builds whose tables are in the database.
select
    run.run_id as build_id,
    run.started_at,
    :erased_since as erasures,
    :last_back_test as back_test
from c360.run
inner join pg_namespace on pg_namespace.nspname = 'c360_b' || run.run_id;

-- name: last_failure
-- The newest run after the published one, when it was not published: one row or none.
select
    run_id,
    started_at,
    state,
    error
from c360.last_failure;

-- name: comparable
-- parameters: build_id
-- The other builds that are or were published, and whose customers can be found again by ids of the same type; newest
-- first.
with id_types as (
    select
        pg_namespace.nspname,
        pg_attribute.atttypid
    from pg_namespace
    inner join pg_class on pg_namespace.oid = pg_class.relnamespace and pg_class.relname = 'customer_360'
    inner join pg_attribute on pg_class.oid = pg_attribute.attrelid and pg_attribute.attname = 'customer_id'
)

select
    run.run_id as build_id,
    run.as_of,
    run.data_to,
    run.started_at,
    :erased_since as erasures,
    :last_back_test as back_test,
    coalesce(run.ended_at, run.started_at) as built_at
from c360.run
inner join id_types as earlier on earlier.nspname = 'c360_b' || run.run_id
inner join id_types as present
    on present.nspname = 'c360_b' || cast(:build_id as bigint) and earlier.atttypid = present.atttypid
where run.run_id <> :build_id and run.state in ('published', 'replaced')
order by run.run_id desc;

-- name: measures
-- What is measured about builds and runs, as one row; null: not known.
with always as (select 1 as database_up),

last_run as (
    select
        state,
        seconds
    from c360.run_history
    where state <> 'running' and kind <> 'backtest'
    order by run_id desc
    limit 1
),

running as (
    select count(*) as runs
    from c360.run_history
    where state = 'running'
)

select
    always.database_up as c360_database_up,
    running.runs as c360_rebuild_running,
    published_build.build_id as c360_build,
    extract(epoch from now() - published_build.built_at) as c360_build_age_seconds,
    extract(epoch from now() - published_build.data_to) as c360_data_age_seconds,
    (last_run.state in ('published', 'replaced'))::integer as c360_last_rebuild_success,
    last_run.seconds as c360_last_rebuild_seconds
from always
cross join running
left join c360.published_build on always.database_up = 1
left join last_run on always.database_up = 1;
