-- Erasure: a customer who asks for it leaves every build at once and is in no later one, whatever the source still has.
-- What is counted about many (cells, months, cohorts) keeps its numbers until the next build: nobody can be seen there.

drop function if exists c360.erase_from(text, text);

create or replace function c360.erase_from(p_schema text, p_customer_id text, variadic p_but text[] default '{}')
returns bigint
language plpgsql as $$
declare
    v_table record;
    v_rows bigint;
    v_all bigint := 0;
begin
    for v_table in
        select
            pg_class.relname as name,
            format_type(pg_attribute.atttypid, pg_attribute.atttypmod) as id_type
        from pg_class
        inner join pg_attribute on pg_class.oid = pg_attribute.attrelid and pg_attribute.attname = 'customer_id'
        where pg_class.relnamespace = to_regnamespace(quote_ident(p_schema)) and pg_class.relkind = 'r'
            and pg_class.relname <> all (p_but)
    loop
        begin
            execute format(
                'delete from %I.%I where customer_id = cast($1 as %s)', p_schema, v_table.name, v_table.id_type
            ) using p_customer_id;
            get diagnostics v_rows = row_count;
            v_all := v_all + v_rows;
        -- A build of another time may have had ids of another kind: nobody there has this one.
        exception when invalid_text_representation or numeric_value_out_of_range then
            null;
        end;
    end loop;
    return v_all;
end
$$;

comment on function c360.erase_from is 'Removes one customer from all tables of a schema; how many rows there were.';

-- Kept rows without a customer are not those of a build any more: the next run is full.
create or replace function c360.forget_kept(p_customer_id text) returns void
language plpgsql as $$
begin
    if c360.erase_from('c360_kept', p_customer_id) > 0 then
        insert into c360.change_gap (reason) values ('a customer was erased');
    end if;
end
$$;

create or replace function c360.erase_customer(p_customer_id text) returns integer
language plpgsql as $$
declare
    v_customer_id text;
    v_ids text[];
    v_run_id bigint;
    v_builds integer := 0;
begin
    -- As the source writes it: 007 is the customer 7 where ids are numbers.
    execute format(
        'select cast(cast($1 as %s) as text)',
        (
            select format_type(atttypid, atttypmod)
            from pg_attribute
            where attrelid = to_regclass('source.customers') and attname = 'customer_id'
        )
    ) into v_customer_id using p_customer_id;
    perform pg_advisory_xact_lock(hashtext('c360.erase'));
    v_ids := c360.ids_of_person(v_customer_id);
    insert into c360.excluded_customer (customer_id, reason, excluded_at)
    select id, 'erased', clock_timestamp() from unnest(v_ids) as id
    on conflict (customer_id) do update set reason = excluded.reason, excluded_at = excluded.excluded_at;
    for v_run_id in
        select run.run_id
        from c360.run
        inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
    loop
        v_builds := v_builds + (c360.erase_ids_from(c360.build_schema(v_run_id), v_ids) > 0)::integer;
    end loop;
    -- A run under way writes the kept rows; it removes the customer at its end.
    if pg_try_advisory_xact_lock(hashtext('c360.create_customer_360')) then
        perform c360.forget_kept(id) from unnest(v_ids) as id;
    end if;
    return v_builds;
end
$$;

comment on function c360.erase_customer is
'Erases a customer for good, from the published and all kept builds at once; in how many of them there was one.';

-- A build that was under way may have read the customer before. The lock lasts until the build is there for all to see:
-- who erases afterwards finds it.
create or replace function c360.remove_erased(p_run_id bigint) returns void
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('c360.erase'));
    perform
        c360.erase_ids_from(c360.build_schema(p_run_id), array[excluded_customer.customer_id]),
        c360.forget_kept(excluded_customer.customer_id)
    from c360.excluded_customer
    inner join c360.run on run.run_id = p_run_id and excluded_customer.excluded_at >= run.started_at
    where excluded_customer.reason = 'erased';
    -- Tickets, visits and responses are kept for every customer of the source and counted for those of the build alone.
    -- What is left is that the rows are not counted: source_rows names the customer, the reason and how many.
    perform c360.erase_from('c360_kept', customer_id, 'source_rows')
    from c360.excluded_customer
    where reason = 'erased';
end
$$;

comment on function c360.remove_erased is 'Removes from a build who was erased while it was made.';
