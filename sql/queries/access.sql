-- What is written while people look. Each block calls a function of sql/schema/70_access.sql, which says what it does.

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
