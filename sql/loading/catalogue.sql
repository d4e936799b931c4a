-- What a database holds: tables, their columns, keys and references; nothing of ours and nothing of PostgreSQL's.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: schemas
select nspname::text from pg_namespace
where nspname !~ '^(pg_|c360)' and nspname not in ('information_schema', 'source')
order by nspname;

-- name: tables
select
    pg_class.oid::bigint as id,
    nspname::text as schema,
    relname::text as name,
    quote_ident(nspname) || '.' || quote_ident(relname) as path,
    quote_ident(relname) as quoted,
    relkind in ('v', 'm') as is_view,
    coalesce(
        (
            select sum(leaf.reltuples) filter (where leaf.reltuples >= 0)
            from pg_partition_tree(pg_class.oid)
            inner join pg_class as leaf on relid = leaf.oid
            where isleaf
        ),
        nullif(reltuples, -1)
    )::bigint as rows,
    has_schema_privilege(pg_namespace.oid, 'usage') and has_table_privilege(pg_class.oid, 'select') as is_readable
from pg_class
inner join pg_namespace on relnamespace = pg_namespace.oid
where nspname = any(:schemas) and relkind in ('r', 'p', 'f', 'v', 'm') and not relispartition
order by nspname, relname;

-- name: columns_of_tables
select
    attrelid::bigint as table_id,
    attname::text as name,
    quote_ident(attname) as quoted,
    case
        when coalesce(base.typtype, pg_type.typtype) = 'e' then 'enum'
        else format_type(coalesce(base.oid, pg_type.oid), null)
    end as kind
from pg_attribute
inner join pg_type on atttypid = pg_type.oid
left join pg_type as base on pg_type.typbasetype = base.oid
where attrelid = any(:tables) and attnum > 0 and not attisdropped
order by attrelid, attnum;

-- name: keys_of_tables
select
    indrelid::bigint as table_id,
    (
        select array_agg(attname::text order by place)
        from unnest(indkey::smallint[]) with ordinality as key (attribute, place)
        inner join pg_attribute on attrelid = indrelid and attnum = attribute
    ) as columns
from pg_index
where indrelid = any(:tables) and indisunique and indisvalid and indpred is null and indexprs is null
order by indrelid, indisprimary desc, indnatts, indexrelid;

-- name: references_of_tables
select distinct
    coalesce(pg_partition_root(conrelid), conrelid)::bigint as table_id,
    (
        select array_agg(attname::text order by place)
        from unnest(conkey) with ordinality as key (attribute, place)
        inner join pg_attribute on attrelid = conrelid and attnum = attribute
    ) as columns,
    coalesce(pg_partition_root(confrelid), confrelid)::bigint as target_id,
    (
        select array_agg(attname::text order by place)
        from unnest(confkey) with ordinality as key (attribute, place)
        inner join pg_attribute on attrelid = confrelid and attnum = attribute
    ) as target_columns
from pg_constraint
where contype = 'f' and coalesce(pg_partition_root(conrelid), conrelid)::bigint = any(:tables)
order by 1, 2, 3;

-- name: sample
select distinct {column}::text from (
    select {column} from {table} where {column} is not null limit 10000
) as first_rows
order by 1
limit 50;

-- name: about_database
select current_database()::text, current_setting('TimeZone');
