-- Views of the contract over a company's own tables: what stands in the schema source, and what takes its place.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: standing
select relname::text, relkind::text, coalesce(obj_description(pg_class.oid, 'pg_class') like :mark || '%%', false)
from pg_class
where relnamespace = to_regnamespace('source') and relname = any(:relations);

-- name: drop_views
drop view {views};

-- name: drop_tables
drop table {tables};

-- name: create_view
create view {view} as
select {columns} from (
{query}
) as mapped;

-- name: comment_view
comment on view {view} is {text};

-- name: read_some
select * from {view} limit 1000;

-- name: end_tracking
delete from c360.tracked_table where relation = any(:relations) returning relation, base_table;

-- name: grant_reading
do $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        perform c360.grant_reading_source();
    end if;
end
$$;
