-- Asking for a rebuild and ending one. Whoever asks holds one lock, so that of many who ask at once one is heard.

create or replace function c360.rebuild_under_way() returns text
language sql stable
return coalesce(
    (
        select
            format(
                '%s %s is running, asked for by %s',
                case when kind = 'backtest' then 'back-test' else 'rebuild' end, run_id, requested_by
            )
        from c360.run_history
        where state = 'running' and pid is distinct from pg_backend_pid()
        order by run_id desc
        limit 1
    ),
    (
        select format('a rebuild that %s asked for is starting', requested_by)
        from c360.rebuild_request
        where
            requested_at > clock_timestamp() - interval '1 minute'
            and requested_at > coalesce((select max(run.started_at) from c360.run), '-infinity')
    )
);

comment on function c360.rebuild_under_way is
'The rebuild or back-test of another session that runs or is about to, in words; null when there is none.';

create or replace function c360.note_request(p_trigger text, p_requested_by text) returns void
language sql as $$
    insert into c360.rebuild_request (trigger, requested_by) values (p_trigger, p_requested_by)
    on conflict (is_single) do update
    set trigger = excluded.trigger, requested_by = excluded.requested_by, requested_at = clock_timestamp()
$$;

create or replace function c360.request_rebuild(p_trigger text, p_requested_by text) returns text
language plpgsql as $$
declare
    v_reason text;
begin
    perform pg_advisory_xact_lock(hashtext('c360.request_rebuild'));
    v_reason := c360.rebuild_under_way();
    if v_reason is null then
        perform c360.note_request(p_trigger, p_requested_by);
    end if;
    return v_reason;
end
$$;

comment on function c360.request_rebuild is
'Null: the caller, and nobody else, shall start the procedure now. Else the reason why not, in words.';

create or replace function c360.cancel_rebuild(p_run_id bigint, p_requested_by text) returns void
language plpgsql as $$
declare
    v_pid integer;
begin
    select pid into v_pid
    from c360.run_history
    where run_id = p_run_id and state = 'running' and application_name !~ '^c360 #\d+ \d+ publishing';
    if v_pid is null then
        raise exception 'run % is not running any more, or is already publishing', p_run_id
            using errcode = 'no_data_found', hint = 'c360 status shows what is running.';
    end if;
    insert into c360.run_cancellation (run_id, requested_by) values (p_run_id, p_requested_by)
    on conflict (run_id) do nothing;
    perform pg_cancel_backend(v_pid);
end
$$;

comment on function c360.cancel_rebuild is
'Ends a run under way; the published build stays, the history says who asked.';

-- What went wrong before the procedure could write its own line, such as SQL that does not fit the source.
create or replace function c360.note_failed_start(p_trigger text, p_requested_by text, p_error text) returns bigint
language sql as $$
    insert into c360.run (kind, trigger, requested_by, state, ended_at, error)
    values ('full', p_trigger, p_requested_by, 'failed', clock_timestamp(), p_error)
    returning run_id
$$;
