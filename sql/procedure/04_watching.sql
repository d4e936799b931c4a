-- How changes of each relation of the contract are found: in the log of changes, or by fingerprints.

create or replace function c360.relations_of_customers() returns setof text
language sql immutable as $$
    values
    ('campaign_responses'), ('customers'), ('order_items'), ('orders'), ('returns'), ('service_tickets'), ('web_events')
$$;

create or replace function c360.watched() returns jsonb
language sql stable as $$
    with tables as (
        select relation, format('source.%I', relation)::regclass as base_table
        from c360.relations_of_customers() as relation
        where (select relkind from pg_class where oid = format('source.%I', relation)::regclass) = 'r'
        union all
        select relation, to_regclass(base_table) from c360.tracked_table
    )

    select jsonb_object_agg(
        relation, case when (
            select bool_and(coalesce(c360.is_watched(base_table), false))
            from tables
            where tables.relation = known.relation
        ) then 'log' else 'fingerprints' end
    )
    from c360.relations_of_customers() as known (relation)
$$;

comment on function c360.watched is 'How changes of each relation are found now: log or fingerprints.';

create or replace function c360.watch_source() returns void
language plpgsql as $$
declare
    v_relation text;
begin
    if c360.is_distributed() then
        return;
    end if;
    for v_relation in
        select relation from c360.relations_of_customers() as relation
        inner join pg_class on pg_class.oid = format('source.%I', relation)::regclass and relkind = 'r'
    loop
        begin
            perform c360.watch(format('source.%I', v_relation)::regclass, 'customer_id', v_relation);
        exception when insufficient_privilege then
            raise notice 'source.% cannot be watched, its changes are found by fingerprints: %', v_relation, sqlerrm;
        end;
    end loop;
    perform c360.watch('c360.excluded_customer', 'customer_id', 'excluded_customer');
end
$$;

select c360.watch_source();
insert into c360.change_gap (reason) values ('the SQL of the build was installed anew');

-- Sums of 64-bit hashes: the order of rows does not matter, and equal rows do not cancel each other.
create or replace function c360.take_fingerprints(p_schema text) returns bigint
language plpgsql as $$
declare
    v_relation text;
    v_rows bigint;
    v_total bigint := 0;
begin
    execute format(
        'create unlogged table %I.fingerprints as select %L::text as relation, customer_id, 0::bigint as rows, '
        '0::numeric as hash from source.customers with no data', p_schema, ''
    );
    for v_relation in select key from jsonb_each_text(c360.watched()) where value = 'fingerprints' loop
        execute format(
            'insert into %I.fingerprints select %L, customer_id, count(*), sum(hash_record_extended(%3$I, 0)) '
            'from source.%3$I where customer_id is not null group by customer_id', p_schema, v_relation, v_relation
        );
        get diagnostics v_rows = row_count;
        v_total := v_total + v_rows;
    end loop;
    return v_total;
end
$$;
