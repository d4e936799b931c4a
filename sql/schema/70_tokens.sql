-- Tokens that programs come with. The web application learns whose one is, by its hash, and no other.

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

revoke execute on function c360.use_token from public;
