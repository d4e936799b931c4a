-- Who comes in, and who did what. The web application reads as c360_reader, which may write to no table; what it has to
-- write goes through functions that run with the rights of their owner (security definer) and do one thing each. Who
-- takes over the web application's role can therefore add a line to the audit, but neither read nor change one, and
-- learns no token.

create table if not exists c360.audit (
    audit_id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    person text,
    role text,
    action text not null,
    subject text,
    detail jsonb,
    address text
);

create index if not exists audit_at on c360.audit (at);

comment on table c360.audit is
'Who did what: logins, views of one customer, exports, what administrators did. Nothing personal but ids.';
comment on column c360.audit.person is 'Name of the user, token or account; null for somebody who could not log in.';
comment on column c360.audit.address is 'Address that it came from; null for the command line.';

create table if not exists c360.api_token (
    token_id bigint generated always as identity primary key,
    name text not null,
    role text not null check (role in ('viewer', 'analyst', 'admin')),
    hash text not null unique,
    made_by text not null,
    made_at timestamptz not null default clock_timestamp(),
    last_used_at timestamptz,
    revoked_at timestamptz
);

create unique index if not exists api_token_in_use on c360.api_token (name) where revoked_at is null;

comment on table c360.api_token is
'Tokens of programs: SHA-256 of each, never the token. Made by c360 token add.';

create table if not exists c360.login_attempt (
    name text not null,
    address text not null,
    at timestamptz not null default clock_timestamp()
);

create index if not exists login_attempt_at on c360.login_attempt (at);

comment on table c360.login_attempt is
'Attempts to log in that did not succeed, of the last quarter of an hour; the name is a hash with a secret.';

create or replace function c360.write_audit(
    p_person text, p_role text, p_action text, p_subject text, p_detail jsonb, p_address text
) returns void
language sql security definer set search_path = pg_catalog as $$
    insert into c360.audit (person, role, action, subject, detail, address)
    values (
        left(p_person, 200), left(p_role, 20), left(p_action, 100), left(p_subject, 200), p_detail, left(p_address, 100)
    );
$$;

comment on function c360.write_audit is 'Writes one line of the audit; nobody but the owner can change or remove one.';

create or replace function c360.use_token(p_hash text) returns table (name text, role text)
language plpgsql security definer set search_path = pg_catalog as $$
begin
    -- Once a minute is enough to see that a token is in use, and a busy program does not write with each question.
    update c360.api_token
    set last_used_at = clock_timestamp()
    where
        api_token.hash = p_hash
        and api_token.revoked_at is null
        and coalesce(api_token.last_used_at < clock_timestamp() - interval '1 minute', true);
    return query
    select api_token.name, api_token.role
    from c360.api_token
    where api_token.hash = p_hash and api_token.revoked_at is null;
end
$$;

comment on function c360.use_token is 'Name and role of a token in use, by its hash; notes that it was used.';

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

-- What the reader may call, and what it may not read whatever publishing grants. A function may be executed by
-- everybody until that is taken away.
revoke execute on function c360.write_audit, c360.use_token, c360.try_login, c360.login_succeeded from public;

create or replace function c360.grant_access() returns void
language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        grant execute on function c360.write_audit, c360.use_token, c360.try_login, c360.login_succeeded to c360_reader;
        execute (
            select format('revoke all on %s from c360_reader', string_agg(oid::regclass::text, ', '))
            from pg_class
            where relnamespace = 'c360'::regnamespace and relkind = 'r'
        );
        -- Of a view on a cluster, the reader needs the right to what stands behind it.
        grant select on c360.run, c360.run_movement, c360.setting, c360.publication to c360_reader;
        -- How many were erased, not who.
        grant select (reason, excluded_at) on c360.excluded_customer to c360_reader;
    end if;
end
$$;

select c360.grant_access();
