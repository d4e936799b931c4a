-- What is written while people look. Each block calls a function of sql/schema/70_*.sql, which says what it does.

-- name: write_audit
-- parameters: person, role, action, subject, detail, address
-- One line of the audit.
select c360.write_audit(
    cast(:person as text),
    cast(:role as text),
    cast(:action as text),
    cast(:subject as text),
    cast(:detail as jsonb),
    cast(:address as text)
);

-- name: use_token
-- parameters: hash
-- Name and role of the token in use with that hash: one row or none.
select
    name,
    role
from c360.use_token(cast(:hash as text));

-- name: try_login
-- parameters: name, address
-- Counts an attempt to log in; seconds to wait before the next one is answered, 0 when this one is.
select c360.try_login(cast(:name as text), cast(:address as text)) as wait_seconds;

-- name: login_succeeded
-- parameters: name, address
-- The attempts of that name from that address were nobody else's: they are forgotten.
select c360.login_succeeded(cast(:name as text), cast(:address as text));
