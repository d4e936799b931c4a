-- Which builds stay: dropping one, and dropping the old ones.

create or replace function c360.discard(p_run_id bigint) returns void
language plpgsql as $$
begin
    if exists (select from c360.publication where run_id = p_run_id) then
        raise exception 'build % is published and cannot be discarded', p_run_id
            using errcode = 'object_in_use', hint = 'Publish another build first.';
    end if;
    execute format('drop schema if exists %I cascade', c360.build_schema(p_run_id));
    delete from c360.run_movement where p_run_id in (run_id, since);
    update c360.run set state = 'discarded' where run_id = p_run_id and state in ('held', 'rejected', 'replaced');
end
$$;

comment on function c360.discard is 'Drops a build that is not published; its line in the run log stays.';

-- Also asked before a setting is saved: when the next build is published, the one published now becomes an old one.
create or replace function c360.old_builds(p_builds_kept integer, p_after_the_next boolean default false)
returns setof bigint
language sql stable as $$
    select kept.run_id
    from (
        select run.run_id, row_number() over (order by run.run_id desc) as age
        from c360.run
        inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
        where run.state in ('held', 'rejected', 'replaced') or p_after_the_next and run.state = 'published'
    ) as kept
    where kept.age >= p_builds_kept
    order by kept.run_id
$$;

comment on function c360.old_builds is 'Builds too many, where so many are kept, the published one included.';

create or replace function c360.drop_old_builds() returns void
language sql as $$
    select c360.discard(run_id) from c360.old_builds(c360.setting_value('builds_kept')::integer) as run_id
$$;

comment on function c360.drop_old_builds is 'Keeps as many builds as builds_kept says, the published one included.';

-- A run that has ended without its procedure: what is left of its build is dropped, so that nobody takes it for one.
create or replace function c360.close_lost_runs() returns void
language plpgsql as $$
declare
    v_run_id bigint;
begin
    for v_run_id in
        select run_history.run_id
        from c360.run_history
        inner join c360.run on run_history.run_id = run.run_id
        where run_history.state = 'lost' and run.state = 'running'
    loop
        execute format('drop schema if exists %I cascade', c360.build_schema(v_run_id));
        update c360.run
        set state = 'lost', ended_at = clock_timestamp(), error = 'the session ended before the build did'
        where run_id = v_run_id;
    end loop;
end
$$;
