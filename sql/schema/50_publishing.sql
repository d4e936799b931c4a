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

-- While a run is under way nobody but its own procedure may publish its build: one whose session died is of no use to
-- anybody, whatever tables it has left.
create or replace function c360.may_publish(p_run_id bigint) returns boolean
language sql stable
return exists (
    select
    from c360.run
    inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
    where
        run.run_id = p_run_id
        and (
            run.state in ('held', 'replaced', 'published')
            or run.state = 'running'
            and run.pid = pg_backend_pid()
            and current_setting('application_name') like format('c360 #%s %% publishing %%', p_run_id)
        )
);

-- A short lock timeout and another try: otherwise one long reader makes all others queue behind the publisher.
create or replace function c360.publish(p_run_id bigint) returns void
language plpgsql as $$
begin
    -- One at a time, also against an installation, which waits here for whoever publishes.
    perform pg_advisory_xact_lock(hashtext('c360.publish'));
    if not c360.may_publish(p_run_id) then
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

-- The build is whole when this is called: what stands in the way of its publication holds it, and can be put right.
create or replace function c360.publish_or_hold(p_run_id bigint) returns text
language plpgsql as $$
declare
    v_error text;
    v_sqlstate text;
begin
    perform c360.publish(p_run_id);
    if exists (select from c360.run where run.state = 'replaced' and run.run_id > p_run_id) then
        raise exception 'build % was overtaken by a later one', p_run_id;
    end if;
    return 'passed';
exception when query_canceled or others then
    get stacked diagnostics v_error = message_text, v_sqlstate = returned_sqlstate;
    update c360.run set state = 'held', error = v_error, sqlstate = v_sqlstate where run_id = p_run_id;
    return 'held';
end
$$;

comment on function c360.publish_or_hold is 'Publishes the build of the run under way: passed; else held, and why.';
