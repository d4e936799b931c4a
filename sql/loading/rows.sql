-- The loader on rows: copied, filled in, counted, merged.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

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
