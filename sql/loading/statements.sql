-- The statements of the loader, each under its name. {words} are names of relations and columns, filled in quoted;
-- :words are values.

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

-- name: kind_of
select relkind::text from pg_class where oid = to_regclass('source.' || :relation);

-- name: is_filled
select exists (select from {table});

-- name: empty_table
truncate {table};

-- name: columns_of
select attname::text, format_type(atttypid, null) from pg_attribute
where attrelid = to_regclass(:table) and attnum > 0 and not attisdropped
order by attnum;

-- name: type_names
select format_type(type_id, null) from unnest(:types::oid[]) with ordinality as wanted (type_id, position)
order by position;

-- name: describe
select * from (
{query}
) as mapped limit 0;

-- name: add_text_column
alter table {table} add column {column} text;

-- name: drop_input_views
drop schema if exists c360_in cascade;

-- name: change_type
alter table {table} alter column {column} type {type} using null;

-- name: indexes_of
select
    relname::text as index_name,
    pg_get_indexdef(indexrelid) as definition,
    indisprimary as is_primary
from pg_index
inner join pg_class on indexrelid = pg_class.oid
where indrelid = to_regclass(:table)
order by indisprimary desc, index_name;

-- name: drop_index
drop index {index};

-- name: primary_key_of
select conname::text from pg_constraint where conrelid = to_regclass(:table) and contype = 'p';

-- name: drop_primary_key
alter table {table} drop constraint {constraint};

-- name: allow_null
alter table {table} alter column {column} drop not null;

-- name: copy
copy {table} ({columns}) from stdin with (
    format csv, header {header}, delimiter {delimiter}, null {null}, force_null ({columns}), freeze {freeze}, encoding 'utf8'
);

-- name: analyze
analyze {table};

-- name: stage
create unlogged table {stage} (like {table} including defaults);

-- name: fill
insert into {table} ({columns})
select {columns} from (
{query}
) as mapped;

-- name: add_primary_key
alter table {table} add primary key ({key});

-- name: count_null_keys
select count(*), (select row_to_json(example)::text from {table} as example where {condition} limit 1)
from {table} where {condition};

-- name: keep_last
with repeated as (
    select {key}, max(ctid) as last_row from {table} group by {key} having count(*) > 1
)

delete from {table} as surplus using repeated where {same_key} and surplus.ctid <> repeated.last_row;

-- name: merge
with different as (
    select staged.* from {stage} as staged
    left join {table} as kept on {same_key}
    where {is_new} or ({staged_columns}) is distinct from ({kept_columns})
),

merged as (
    insert into {table} ({columns})
    select {columns} from different
    on conflict ({key}) do update set {assignments}
    returning xmax = 0 as is_inserted
)

select count(*) filter (where is_inserted), count(*) filter (where not is_inserted) from merged;

-- name: vacuum
vacuum (analyze) {table};

-- name: currency
select value from c360.setting where name = 'currency';

-- name: has_unique_key
select exists (
    select from pg_index
    where
        indrelid = to_regclass(:table)
        and indisunique and indisvalid and indpred is null
        and (
            select array_agg(attname::text order by attname) from pg_attribute
            where attrelid = indrelid and attnum = any(indkey)
        ) = :key
);

-- name: count_keys
select
    (select count(*) from {table} where {is_null}),
    (select coalesce(sum(repeated.surplus), 0)::bigint from (
        select count(*) - 1 as surplus from {table} where not ({is_null}) group by {key} having count(*) > 1
    ) as repeated);
