-- The loader around a load: who loads, what was loaded, the raw schema, the settings of a mapping.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: claim
select pg_try_advisory_xact_lock(hashtext('c360 load'));

-- name: session
select
    set_config('timezone', :timezone, true),
    set_config('statement_timeout', '0', true),
    set_config('lock_timeout', '15s', true),
    set_config('synchronous_commit', 'off', true),
    set_config('maintenance_work_mem', '256MB', true);

-- name: raw_schema
drop schema if exists c360_raw cascade;
create schema c360_raw;

-- name: drop_raw_schema
drop schema c360_raw cascade;

-- name: loaded_table
create table if not exists source.loaded (
    mapping text,
    file text,
    bytes bigint,
    rows bigint,
    loaded_at timestamptz default now(),
    primary key (mapping, file)
);

comment on table source.loaded is 'Which files the loader put into the source, by which mapping, and when last.';

-- name: other_mapping
select mapping from source.loaded where mapping <> :mapping limit 1;

-- name: forget_loaded
delete from source.loaded;

-- name: remember_loaded
insert into source.loaded (mapping, file, bytes, rows)
values (:mapping, :file, :bytes, :rows)
on conflict (mapping, file) do update set bytes = excluded.bytes, rows = excluded.rows, loaded_at = excluded.loaded_at;

-- name: setting_table
select to_regclass('c360.setting') is not null;

-- name: apply_setting
update c360.setting set value = :value where name = :name;
