-- Rebuilds by the clock: when the next one is due, and who of many processes starts it.

-- From when on the next rebuild may start, after one that started at a moment. With a time of day it is the first such
-- time on a day so many days later, in the time zone of the deployment.
create or replace function c360.next_rebuild_at(p_last timestamptz, p_every interval, p_at time) returns timestamptz
language sql stable
return case
    when p_at is null then p_last + p_every
    else (
        select
            (
                moments.local_last::date + p_at + p_every
                - case when moments.local_last::time < p_at then interval '1 day' else interval '0 days' end
            ) at time zone c360.setting_value('timezone')
        from (select p_last at time zone c360.setting_value('timezone') as local_last) as moments
    )
end;

create or replace function c360.last_rebuild_at() returns timestamptz
language sql stable
return greatest(
    (
        select max(started_at)
        from c360.run
        where kind <> 'backtest'
    ),
    (select requested_at from c360.rebuild_request)
);

create or replace function c360.request_scheduled_rebuild(p_every interval, p_at time) returns boolean
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('c360.request_rebuild'));
    if c360.next_rebuild_at(c360.last_rebuild_at(), p_every, p_at) > clock_timestamp() then
        return false;
    end if;
    if c360.rebuild_under_way() is not null then
        return false;
    end if;
    perform c360.note_request('schedule', 'schedule');
    return true;
end
$$;

comment on function c360.request_scheduled_rebuild is
'True for exactly one caller each time a rebuild is due: so long after the last one started, however it was started.';
