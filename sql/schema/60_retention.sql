-- Which builds stay: dropping one, and dropping the old ones.

create or replace function c360.discard(p_run_id bigint) returns void
language plpgsql as $$
begin
    if exists (select from c360.publication where run_id = p_run_id) then
        raise exception 'build % is published and cannot be discarded', p_run_id
            using errcode = 'object_in_use', hint = 'Publish another build first.';
    end if;
    execute format('drop schema if exists %I cascade', c360.build_schema(p_run_id));
    update c360.run set state = 'discarded' where run_id = p_run_id and state in ('held', 'rejected', 'replaced');
end
$$;

comment on function c360.discard is 'Drops a build that is not published; its line in the run log stays.';

create or replace function c360.drop_old_builds() returns void
language sql as $$
    select c360.discard(kept.run_id)
    from (
        select run.run_id, row_number() over (order by run.run_id desc) as age
        from c360.run
        inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
        where run.state in ('held', 'rejected', 'replaced')
    ) as kept
    where kept.age >= c360.setting_value('builds_kept')::integer
$$;

comment on function c360.drop_old_builds is 'Keeps as many builds as builds_kept says, the published one included.';
