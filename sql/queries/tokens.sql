-- The tokens of programs, as administrators make and end them. These blocks run with the rights of the owner.

-- name: add
-- parameters: name, role, hash, made_by
-- The new token's name; no row when one of that name is in use.
insert into c360.api_token (name, role, hash, made_by)
select
    cast(:name as text),
    cast(:role as text),
    cast(:hash as text),
    cast(:made_by as text)
where
    not exists (
        select api_token.token_id
        from c360.api_token
        where api_token.name = :name and api_token.revoked_at is null
    )
returning name;

-- name: revoke
-- parameters: name
-- The name of the token that was in use until now; else no row.
update c360.api_token
set revoked_at = clock_timestamp()
where name = :name and revoked_at is null
returning name;

-- name: listed
-- All tokens, newest first.
select
    name,
    role,
    made_by,
    made_at,
    last_used_at,
    revoked_at
from c360.api_token
order by token_id desc;
