-- How often somebody may try to log in.

create table if not exists c360.login_attempt (
    name text not null,
    address text not null,
    at timestamptz not null default clock_timestamp()
);

create index if not exists login_attempt_at on c360.login_attempt (at);

comment on table c360.login_attempt is
'Attempts to log in that did not succeed, of the last quarter of an hour; the name is a hash with a secret.';

-- Five wrong passwords for a name from one address, twenty for a name from anywhere, thirty from an address, each in a
-- quarter of an hour. The attempt counts before its password is looked at, one at a time whatever the worker, so that
-- many at once are no way around.
create or replace function c360.try_login(p_name text, p_address text) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
    v_window constant interval := interval '15 minutes';
    v_free_at timestamptz;
begin
    perform pg_advisory_xact_lock(hashtext('c360.try_login'));
    delete from c360.login_attempt where at < clock_timestamp() - v_window;
    select max(nth.at) + v_window
    into v_free_at
    from (
        (select at from c360.login_attempt where name = p_name and address = p_address order by at desc offset 4 limit 1)
        union all
        (select at from c360.login_attempt where name = p_name order by at desc offset 19 limit 1)
        union all
        (select at from c360.login_attempt where address = p_address order by at desc offset 29 limit 1)
    ) as nth;
    if v_free_at is null then
        insert into c360.login_attempt (name, address) values (p_name, p_address);
        return 0;
    end if;
    return greatest(1, ceil(extract(epoch from v_free_at - clock_timestamp())))::integer;
end
$$;

comment on function c360.try_login is 'Counts an attempt to log in: seconds to wait, 0 when it may be tried.';

create or replace function c360.login_succeeded(p_name text, p_address text) returns void
language sql security definer set search_path = pg_catalog as $$
    delete from c360.login_attempt where name = p_name and address = p_address;
$$;

comment on function c360.login_succeeded is 'Forgets the attempts of a name from an address.';

revoke execute on function c360.try_login, c360.login_succeeded from public;
