-- The source on a Citus cluster: whether it lies there, and what c360 distribute asks and does.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: has_citus
select to_regclass('pg_catalog.pg_dist_partition') is not null;

-- name: is_distributed
select exists (
    select from pg_dist_partition where logicalrelid = to_regclass('source.customers') and partmethod = 'h'
);

-- name: alone
select
    pg_try_advisory_xact_lock(hashtext('c360.create_customer_360'))
    and pg_try_advisory_xact_lock(hashtext('c360 load'));

-- name: why_not_distributed
select * from c360.why_not_distributed();

-- name: count_nobody
select count(*) from {table} where customer_id is null;

-- name: set_aside
select c360.set_aside(:relation);

-- name: distribute
select c360.distribute();

-- name: count_workers
select count(*) from pg_dist_node where groupid <> 0 and isactive and shouldhaveshards;

-- name: has_reader
select exists (select from pg_roles where rolname = 'c360_reader' and pg_has_role(oid, 'member'));

-- name: as_reader
set local role c360_reader;

-- name: closed_workers
select concat(nodename, ':', nodeport) from run_command_on_workers('select 1') where not success;
