-- Beyond one machine: source and builds on a Citus cluster. Whatever has customer_id is distributed by it, all
-- rows of a customer on one worker, so that what is computed per customer is computed there; products, campaigns and
-- what the input views look up are reference tables, with a copy on every machine. On one server nothing of this does
-- anything. What a cluster does not do is refused; incremental runs become full ones.

create or replace function c360.is_distributed() returns boolean
language plpgsql stable as $$
begin
    if to_regclass('pg_catalog.pg_dist_partition') is null then
        return false;
    end if;
    return exists (
        select from pg_dist_partition
        where logicalrelid = to_regclass('source.customers') and partmethod = 'h'
    );
end
$$;

comment on function c360.is_distributed is 'Whether the source lies on a cluster: c360 distribute has put it there.';

-- Why the source cannot be distributed, in words, each with the way out; no row when it can. Rows that name no customer
-- are told apart: they can be set aside.
create or replace function c360.why_not_distributed() returns setof text
language plpgsql stable as $$
begin
    if to_regclass('pg_catalog.pg_dist_node') is null then
        return next 'This PostgreSQL has no Citus; install it on every machine, `create extension citus` in this database '
        'on each of them, and add the workers here with `select citus_add_node(host, port)`.';
        return;
    end if;
    return query
    select 'The cluster has no workers; add them here with `select citus_add_node(host, port)`.'
    where not exists (select from pg_dist_node where groupid <> 0 and isactive and shouldhaveshards);
    return query
    select format(
        'The coordinator would hold customers itself; `select citus_set_node_property(%L, %s, ''shouldhaveshards'', '
        'false)` leaves them to the workers.', nodename, nodeport
    )
    from pg_dist_node
    where groupid = 0 and shouldhaveshards;
    return query
    select 'source.customer_links counts several ids as one person, who may lie on several workers; drop it.'
    where to_regclass('source.customer_links') is not null;
    return query
    select format('source.%s is a view; a cluster holds tables of the contract only.', relname)
    from pg_class
    where relnamespace = 'source'::regnamespace and relkind <> 'r'
        and (relname in ('products', 'campaigns') or relname in (select c360.relations_of_customers()));
end
$$;

-- A cluster has no place for rows that name no customer: they are moved to a table beside, which no build reads.
create or replace function c360.set_aside(p_relation text) returns bigint
language plpgsql as $$
declare
    v_aside constant text := format('source.%I', p_relation || '_of_nobody');
    v_rows bigint;
begin
    execute format('create table %s as select * from source.%I where customer_id is null', v_aside, p_relation);
    get diagnostics v_rows = row_count;
    execute format('delete from source.%I where customer_id is null', p_relation);
    return v_rows;
end
$$;

-- A key of a distributed table begins with what it is distributed by; the rest of it is unique for each customer.
create or replace function c360.key_by_customer(p_table regclass) returns void
language plpgsql as $$
declare
    v_key record;
    v_columns text;
begin
    for v_key in select conname, conkey from pg_constraint where conrelid = p_table and contype = 'p' loop
        select string_agg(quote_ident(attname), ', ' order by array_position(v_key.conkey, attnum))
        into v_columns
        from pg_attribute
        where attrelid = p_table and attnum = any (v_key.conkey) and attname <> 'customer_id';
        execute format('alter table %s drop constraint %I', p_table, v_key.conname);
        execute format('alter table %s add primary key (%s)', p_table, concat_ws(', ', 'customer_id', v_columns));
    end loop;
end
$$;

-- Changes are logged by triggers, which no table of a cluster may have.
create or replace function c360.stop_watching(p_table regclass) returns void
language plpgsql as $$
declare
    v_trigger text;
begin
    for v_trigger in select tgname from pg_trigger where tgrelid = p_table and tgfoid = 'c360.log_change'::regproc loop
        execute format('drop trigger %I on %s', v_trigger, p_table);
    end loop;
end
$$;
