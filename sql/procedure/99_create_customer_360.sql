-- The procedure: makes a build in a schema of its own, checks it, publishes it. Call it outside a transaction.
--
--   call c360.create_customer_360();                                  as of the latest data, or now
--   call c360.create_customer_360('2018-10-15 23:59:59.999999');      as of a moment
--   call c360.create_customer_360(kind => 'incremental');             only what changed; full where that cannot be
--   call c360.create_customer_360(kind => 'backtest', days => 90);    as of 90 days ago, beside what came after
--
-- Three transactions: the line in the run log; the build; its publication. The rows are committed well before the
-- switch, because a reader whose snapshot is older than that commit would see the new tables empty. A failure undoes
-- the build, not its line in the log, and is raised again with its own SQLSTATE. The build reads the source as it was
-- at one moment: all stages see the same rows, and the log of changes is consumed as far as they see it. A back-test
-- makes customer_360 and what it rests on; its build is measured and dropped in the transaction that makes it.

drop procedure if exists c360.create_customer_360(timestamptz, text, text);
drop procedure if exists c360.create_customer_360(timestamptz, text, text, text);

create or replace procedure c360.create_customer_360(
    as_of timestamptz default null,
    trigger text default 'psql',
    requested_by text default session_user,
    kind text default 'full',
    days integer default 90
)
language plpgsql as $$
#variable_conflict use_column
declare
    v_as_of timestamptz := as_of;
    v_trigger constant text := trigger;
    v_requested_by constant text := requested_by;
    v_kind text := kind;
    v_days constant integer := days;
    v_base text;
    v_note text;
    v_changed bigint;
    v_application_name constant text := current_setting('application_name');
    v_messages constant text := current_setting('client_min_messages');
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
    -- A session whose caller has died goes on, unless it has something to tell: a notice would end it.
    perform set_config('client_min_messages', 'warning', false);
    perform c360.close_lost_runs();
    if v_kind = 'backtest' then
        v_as_of := c360.back_test_from(v_as_of, v_days);
    end if;
    insert into c360.run (kind, trigger, requested_by, state)
    values (v_kind, v_trigger, v_requested_by, 'running')
    returning run_id into v_run_id;
    v_schema := c360.build_schema(v_run_id);
    perform c360.show_progress(v_run_id, 0, 'start');
    commit;

    set transaction isolation level repeatable read;
    begin
        perform c360.lock_rebuild();
        perform c360.begin_build(v_run_id, v_as_of);
        if v_kind <> 'backtest' and not c360.is_distributed() then
            perform c360.take_fingerprints(v_schema);
        end if;
        if v_kind = 'incremental' then
            v_note := c360.why_full(v_schema);
            v_kind := case when v_note is null then 'incremental' else 'full' end;
            v_base := c360.start_incremental();
        end if;

        for v_stage in select * from c360.stages_of(v_kind) loop
            perform c360.show_progress(v_run_id, v_stage.position, v_stage.name, v_rows_so_far);
            v_started_at := clock_timestamp();
            if v_kind = 'incremental' and v_changed is null and v_stage.way <> 'anew' then
                v_changed := c360.find_touched(v_schema);
                v_note := c360.too_many(v_changed);
                v_kind := case when v_note is null then 'incremental' else 'full' end;
                perform c360.look_at(v_schema);
            end if;
            if v_kind = 'incremental' then
                v_rows := c360.run_incrementally(v_schema, v_base, v_stage);
            else
                v_rows := c360.run_stage_into(v_schema, v_stage);
            end if;
            v_rows_so_far := v_rows_so_far + v_rows;
            v_stages := v_stages || row(
                v_run_id, v_stage.position, v_stage.name, v_rows,
                extract(epoch from clock_timestamp() - v_started_at)
            )::c360.run_stage;
        end loop;

        if v_kind = 'backtest' then
            perform c360.measure_back_test(v_run_id, v_days);
            execute format('drop schema %I cascade', v_schema);
            v_state := 'tested';
        else
            v_state := c360.end_build(v_run_id);
        end if;
    exception when query_canceled or others then
        get stacked diagnostics v_error = message_text, v_sqlstate = returned_sqlstate;
        v_state := case when v_sqlstate = '57014' then 'cancelled' else 'failed' end;
    end;

    insert into c360.run_stage select (unnest(v_stages)).*;
    update c360.run
    set
        state = case when v_state = 'passed' then 'running' else v_state end,
        ended_at = clock_timestamp(),
        kind = v_kind,
        changed_customers = v_changed,
        note = v_note,
        error = v_error,
        sqlstate = v_sqlstate
    where run_id = v_run_id;
    commit;

    -- In a transaction of its own: the build's looks at one moment, and would not see who was erased after it.
    if v_state in ('passed', 'held') then
        v_state := c360.remove_erased_or_fail(v_run_id, v_state);
        commit;
    end if;

    if v_state = 'passed' then
        perform c360.show_progress(v_run_id, 1000, 'publishing', v_rows_so_far);
        v_state := c360.publish_or_hold(v_run_id);
        commit;
    end if;
    if v_state = 'passed' then
        perform c360.drop_old_builds();
    end if;
    perform set_config('application_name', v_application_name, false);
    perform set_config('client_min_messages', v_messages, false);
    commit;

    if v_state in ('failed', 'cancelled') then
        select error, sqlstate into v_error, v_sqlstate from c360.run where run_id = v_run_id;
        raise exception '%', v_error using errcode = v_sqlstate, hint = format('Run %s of c360.run_history.', v_run_id);
    end if;
    raise notice 'build %: %', v_run_id, case when v_state = 'passed' then 'published' else v_state end;
end
$$;

comment on procedure c360.create_customer_360 is
'Builds Customer 360 as of a moment (null: the latest data when it is historical, else now), checks it, publishes it.';
