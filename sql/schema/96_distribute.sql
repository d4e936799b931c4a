-- Putting the source on the cluster. Only a cluster has the functions of Citus that these call.

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

-- The reader asks the workers too, and has to be let in there.
create or replace function c360.let_reader_in() returns void
language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        alter role c360_reader login;
    end if;
exception when insufficient_privilege then
    raise notice 'role c360_reader cannot be given the right to log in: %', sqlerrm;
end
$$;

-- The small tables first: after work on several workers at once Citus lets nothing be copied to all of them.
create or replace function c360.distribute() returns void
language plpgsql as $$
declare
    v_table regclass;
begin
    perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
    foreach v_table in array array[
        'source.products', 'source.campaigns', 'c360.excluded_customer', 'c360.rfm_cell_name'
    ]::regclass[] loop
        perform c360.stop_watching(v_table);
        perform create_reference_table(v_table);
        perform truncate_local_data_after_distributing_table(v_table);
    end loop;
    foreach v_table in array array[
        'source.customers', 'source.orders', 'source.order_items', 'source.returns', 'source.service_tickets',
        'source.web_events', 'source.campaign_responses'
    ]::regclass[] loop
        perform c360.stop_watching(v_table);
        perform c360.key_by_customer(v_table);
        perform c360.place_by_customer(v_table);
        perform truncate_local_data_after_distributing_table(v_table);
    end loop;
    delete from c360_kept.state;
    delete from c360.changed_customer;
    perform c360.let_reader_in();
end
$$;

comment on function c360.distribute is
'Distributes the source over the workers of a Citus cluster; `c360 distribute` asks before whether it can.';
