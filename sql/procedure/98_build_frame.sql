-- What stands around the stages of a build: how its transaction works, what is done with what was made, and what
-- everybody sees meanwhile.

-- Who looks at the sessions of the database sees how far the run is, while nothing of it is committed (41_progress).
create or replace function c360.show_progress(
    p_run_id bigint, p_position integer, p_name text, p_rows_so_far bigint default null
) returns void
language sql as $$
    select set_config(
        'application_name', concat_ws(' ', 'c360', '#' || p_run_id, p_position, p_name, p_rows_so_far), false
    );
$$;

-- The schema of the build with its settings, and a transaction that works for it.
create or replace function c360.begin_build(p_run_id bigint, p_as_of timestamptz) returns void
language plpgsql as $$
declare
    v_schema constant text := c360.build_schema(p_run_id);
begin
    perform c360.prepare_workers();
    execute format('create schema %I', v_schema);
    perform c360.set_local('timezone', c360.setting_value('timezone'));
    perform c360.set_local('c360.as_of', coalesce(p_as_of, c360.default_as_of())::text);
    perform c360.set_local('c360.currency', c360.setting_value('currency'));
    perform c360.look_at(v_schema);
    perform c360.set_local('work_mem', c360.setting_value('build_work_mem_mb') || 'MB');
    perform c360.set_local('jit', 'off');
    -- Every stage reads whole relations; a nested loop chosen by a wrong estimate made the big join thrice as slow.
    perform c360.set_local('enable_nestloop', 'off');
    -- Processes hand over far fewer groups than is estimated, and would not be used; nor would they for a small
    -- table with much to compute for each row.
    perform c360.set_local('min_parallel_table_scan_size', '64kB');
    perform c360.set_local('parallel_tuple_cost', '0');
    perform c360.set_local('parallel_setup_cost', '0');
    perform c360.set_local('statement_timeout', '0');
    update c360.run set as_of = c360.as_of() where run_id = p_run_id;
    perform c360.freeze_settings(v_schema);
end
$$;

-- Keeps what outlives the build and the next one needs, drops what nobody reads, and says what the checks think of it.
create or replace function c360.end_build(p_run_id bigint) returns text
language plpgsql as $$
declare
    v_schema constant text := c360.build_schema(p_run_id);
begin
    perform c360.look_at(v_schema, 'c360_kept');
    perform c360.keep_evidence(p_run_id);
    perform c360.comment_columns(v_schema);
    perform c360.keep_movements(p_run_id);
    perform c360.keep_rows(p_run_id);
    perform c360.drop_working_tables(v_schema);
    return c360.verdict(p_run_id);
end
$$;
