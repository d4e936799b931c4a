-- A finished build from which who was erased meanwhile cannot be removed is not kept: the run has failed, and says why.

create or replace function c360.remove_erased_or_fail(p_run_id bigint, p_state text) returns text
language plpgsql as $$
declare
    v_error text;
    v_sqlstate text;
    v_state text;
begin
    perform c360.remove_erased(p_run_id);
    return p_state;
exception when query_canceled or others then
    get stacked diagnostics v_error = message_text, v_sqlstate = returned_sqlstate;
    v_state := case when v_sqlstate = '57014' then 'cancelled' else 'failed' end;
    -- The next run is full: it has no build to start from, and makes the kept rows anew.
    execute format('drop schema %I cascade', c360.build_schema(p_run_id));
    update c360.run
    set state = v_state, ended_at = clock_timestamp(), error = v_error, sqlstate = v_sqlstate
    where run_id = p_run_id;
    return v_state;
end
$$;

comment on function c360.remove_erased_or_fail is
'Removes from the build of a run who was erased while it was made; its state before, or failed or cancelled.';
