-- Beyond one machine: the source and the builds on a Citus cluster. Whatever has customer_id lies distributed by it, all
-- rows of a customer on one worker, so that what is computed per customer is computed there; what such work looks up
-- (catalogue, campaigns, settings) is a reference table, with a copy on every worker. On a plain server nothing of this
-- does anything.

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

-- Rows that name no customer have no place on a cluster: they are moved to a table beside, which no build reads.
create or replace function c360.set_aside(p_relation text) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
begin
    execute format('create table if not exists source.%I (like source.%I)', p_relation || '_of_nobody', p_relation);
    execute format('alter table source.%I alter column customer_id drop not null', p_relation || '_of_nobody');
    execute format(
        'with moved as (delete from source.%I where customer_id is null returning *) '
        'insert into source.%I select * from moved', p_relation, p_relation || '_of_nobody'
    );
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;

-- A key of a distributed table begins with what it is distributed by; of the rest it is unique for each customer.
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
    for v_trigger in
        select tgname from pg_trigger where tgrelid = p_table and tgfoid = 'c360.log_change'::regproc
    loop
        execute format('drop trigger %I on %s', v_trigger, p_table);
    end loop;
end
$$;

create or replace function c360.place_by_customer(p_table regclass) returns void
language plpgsql as $$
begin
    if p_table = 'source.customers'::regclass then
        perform create_distributed_table(p_table, 'customer_id', colocate_with => 'none');
    else
        perform create_distributed_table(p_table, 'customer_id', colocate_with => 'source.customers');
    end if;
end
$$;

create or replace function c360.place_everywhere(p_table regclass) returns void
language plpgsql as $$
begin
    if not exists (select from pg_dist_partition where logicalrelid = p_table) then
        perform c360.stop_watching(p_table);
        perform create_reference_table(p_table);
    end if;
end
$$;

-- The small tables first: after work on several workers at once Citus lets nothing be copied to all of them.
create or replace function c360.distribute() returns void
language plpgsql as $$
declare
    v_relation text;
begin
    perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
    perform c360.place_everywhere(name::regclass)
    from unnest(array['source.products', 'source.campaigns', 'c360.excluded_customer', 'c360.rfm_cell_name']) as name;
    foreach v_relation in array array[
        'customers', 'orders', 'order_items', 'returns', 'service_tickets', 'web_events', 'campaign_responses'
    ] loop
        perform c360.stop_watching(format('source.%I', v_relation)::regclass);
        perform c360.key_by_customer(format('source.%I', v_relation)::regclass);
        perform c360.place_by_customer(format('source.%I', v_relation)::regclass);
    end loop;
end
$$;

comment on function c360.distribute is
'Distributes the source over the workers of a Citus cluster; `c360 distribute` asks before whether it can be.';
