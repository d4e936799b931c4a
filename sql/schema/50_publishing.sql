-- Publishing is pointing: the views in schema c360 are replaced in one short transaction.

create or replace function c360.build_schema(p_run_id bigint) returns text
language sql immutable
return 'c360_b' || p_run_id;

create or replace function c360.point_view(p_schema text, p_table text) returns void
language plpgsql as $$
declare
    v_statement constant text := format('view c360.%I as select * from %I.%I', p_table, p_schema, p_table);
begin
    execute 'create or replace ' || v_statement;
exception
    -- A version that renames or retypes a column cannot replace the view; what hangs on it goes with it.
    when invalid_table_definition then
        execute format('drop view c360.%I cascade', p_table);
        execute 'create ' || v_statement;
end
$$;

-- The time line of a customer is read from the source. Views there may belong to somebody else, who then grants it.
create or replace function c360.grant_reading_source() returns void
language plpgsql as $$
declare
    v_relation name;
begin
    if not has_schema_privilege('c360_reader', 'source', 'usage') then
        grant usage on schema source to c360_reader;
    end if;
    for v_relation in
        select relation.relname
        from pg_class as relation
        where
            relation.relnamespace = 'source'::regnamespace
            and relation.relname in (
                'campaign_responses', 'campaigns', 'order_items', 'orders', 'products', 'returns', 'service_tickets',
                'web_events'
            )
            and not has_table_privilege('c360_reader', relation.oid, 'select')
    loop
        begin
            execute format('grant select on source.%I to c360_reader', v_relation);
        exception when insufficient_privilege then
            raise notice 'c360_reader may not read source.%: %', v_relation, sqlerrm;
        end;
    end loop;
exception when insufficient_privilege then
    raise notice 'c360_reader may not read the source: %', sqlerrm;
end
$$;

create or replace function c360.grant_reading(p_schema text) returns void
language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        execute format('grant usage on schema c360, %I to c360_reader', p_schema);
        execute format('grant select on all tables in schema c360, %I to c360_reader', p_schema);
        perform c360.grant_access();
        perform c360.grant_reading_source();
    end if;
end
$$;

create or replace function c360.point_at(p_run_id bigint) returns void
language plpgsql as $$
declare
    v_schema constant text := c360.build_schema(p_run_id);
    v_table text;
begin
    for v_table in select tablename from pg_tables where schemaname = v_schema order by tablename loop
        perform c360.point_view(v_schema, v_table);
    end loop;
    perform c360.grant_reading(v_schema);
    update c360.run set state = 'replaced' where state = 'published' and run_id <> p_run_id;
    update c360.run set state = 'published' where run_id = p_run_id;
    insert into c360.publication (run_id) values (p_run_id)
    on conflict (is_single) do update set run_id = excluded.run_id, published_at = clock_timestamp();
end
$$;

comment on function c360.point_at is 'Points all views at one build; called by publish.';

-- A short lock timeout and another try: otherwise one long reader makes all others queue behind the publisher.
create or replace function c360.publish(p_run_id bigint) returns void
language plpgsql as $$
begin
    if not exists (
        select from pg_namespace
        inner join c360.run on run.run_id = p_run_id and pg_namespace.nspname = c360.build_schema(p_run_id)
        where run.state in ('running', 'held', 'replaced', 'published')
    ) then
        raise exception 'build % cannot be published', p_run_id
            using errcode = 'no_data_found', hint = 'c360 history lists the builds and their states.';
    end if;
    perform set_config('lock_timeout', '100ms', true);
    for v_try in 1..600 loop
        begin
            perform c360.point_at(p_run_id);
            perform set_config('lock_timeout', '0', true);
            return;
        exception when lock_not_available then
            perform pg_sleep(0.1);
        end;
    end loop;
    raise exception 'build % could not be published: other sessions hold the views', p_run_id
        using errcode = 'lock_not_available', hint = 'End the long readers of schema c360, then publish again.';
end
$$;

comment on function c360.publish is 'Publishes a finished build, or rolls back to a kept one.';
