-- Who did what. A line can be added by the web application (50_granting.sql), but neither read nor changed.

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

revoke execute on function c360.write_audit from public;
