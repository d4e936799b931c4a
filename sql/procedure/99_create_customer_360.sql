-- The procedure: makes a build in a schema of its own, checks it, publishes it. Call it outside a transaction.
--
--   call c360.create_customer_360();                                  as of the latest data, or now
--   call c360.create_customer_360('2018-10-15 23:59:59.999999');      as of a moment
--
-- Three transactions: the line in the run log; the build; its publication. The rows are committed well before the
-- switch, because a reader whose snapshot is older than that commit would see the new tables empty. A failure undoes
-- the build, not its line in the log, and is raised again with its own SQLSTATE.

create or replace procedure c360.create_customer_360(
    p_as_of timestamptz default null,
    p_trigger text default 'psql',
    p_requested_by text default session_user
)
language plpgsql as $$
declare
    v_application_name constant text := current_setting('application_name');
    v_run_id bigint;
    v_schema text;
    v_stage c360.stage;
    v_stages c360.run_stage[] := '{}';
    v_rows bigint;
    v_rows_so_far bigint := 0;
    v_started_at timestamptz;
    v_state text;
    v_error text;
    v_sqlstate text;
begin
    perform c360.lock_rebuild();
    update c360.run
    set state = 'lost', ended_at = clock_timestamp(), error = 'the session ended before the build did'
    where run_id in (select run_history.run_id from c360.run_history where state = 'lost') and run.state = 'running';
    insert into c360.run (kind, trigger, requested_by, state)
    values ('full', p_trigger, p_requested_by, 'running')
    returning run_id into v_run_id;
    v_schema := c360.build_schema(v_run_id);
    perform set_config('application_name', format('c360 #%s 0 start', v_run_id), false);
    commit;

    begin
        perform c360.lock_rebuild();
        perform set_config('timezone', c360.setting_value('timezone'), true);
        perform set_config('c360.as_of', coalesce(p_as_of, c360.default_as_of())::text, true);
        perform set_config('search_path', format('%I, pg_catalog', v_schema), true);
        perform set_config('work_mem', c360.setting_value('build_work_mem_mb') || 'MB', true);
        perform set_config('jit', 'off', true);
        -- Every stage reads whole relations; a nested loop chosen by a wrong estimate made the big join three times slower.
        perform set_config('enable_nestloop', 'off', true);
        perform set_config('statement_timeout', '0', true);
        update c360.run set as_of = c360.as_of() where run_id = v_run_id;
        execute format('create schema %I', v_schema);
        perform c360.freeze_settings(v_schema);

        for v_stage in select * from c360.stage order by position loop
            perform set_config(
                'application_name',
                format('c360 #%s %s %s %s', v_run_id, v_stage.position, v_stage.name, v_rows_so_far),
                false
            );
            v_started_at := clock_timestamp();
            v_rows := c360.run_stage_into(v_schema, v_stage);
            v_rows_so_far := v_rows_so_far + v_rows;
            v_stages := v_stages || row(
                v_run_id, v_stage.position, v_stage.name, v_rows,
                extract(epoch from clock_timestamp() - v_started_at)
            )::c360.run_stage;
        end loop;

        perform c360.keep_evidence(v_run_id);
        perform c360.comment_columns(v_schema);
        perform c360.drop_working_tables(v_schema);
        perform c360.remove_erased(v_run_id);
        v_state := c360.verdict(v_run_id);
    exception when query_canceled or others then
        get stacked diagnostics v_error = message_text, v_sqlstate = returned_sqlstate;
        v_state := case when v_sqlstate = '57014' then 'cancelled' else 'failed' end;
    end;

    insert into c360.run_stage select (unnest(v_stages)).*;
    update c360.run
    set
        state = case when v_state = 'passed' then 'running' else v_state end,
        ended_at = clock_timestamp(),
        error = v_error,
        sqlstate = v_sqlstate
    where run_id = v_run_id;
    commit;

    if v_state = 'passed' then
        perform set_config('application_name', format('c360 #%s 1000 publishing %s', v_run_id, v_rows_so_far), false);
        perform c360.publish(v_run_id);
        commit;
        perform c360.drop_old_builds();
    end if;
    perform set_config('application_name', v_application_name, false);
    commit;

    if v_state in ('failed', 'cancelled') then
        raise exception '%', v_error using errcode = v_sqlstate, hint = format('Run %s of c360.run_history.', v_run_id);
    end if;
    raise notice 'build %: %', v_run_id, case when v_state = 'passed' then 'published' else v_state end;
end
$$;

comment on procedure c360.create_customer_360 is
'Builds Customer 360 as of a moment (null: the latest data when it is historical, else now), checks it, publishes it.';
