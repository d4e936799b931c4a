-- The loader on the shape of a table: its columns, types, indexes and key.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: kind_of
select relkind::text from pg_class where oid = to_regclass('source.' || :relation);

-- name: is_filled
select exists (select from {table});

-- name: empty_table
truncate {table};

-- name: log_of_inserts
select tgname::text from pg_trigger
where tgrelid = to_regclass(:table) and tgenabled = 'O' and tgname = 'c360_' || :relation || '_insert';

-- name: stop_logging
alter table {table} disable trigger {trigger};

-- name: go_on_logging
alter table {table} enable trigger {trigger};

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
drop schema if exists c360_in, c360_touched cascade;

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
