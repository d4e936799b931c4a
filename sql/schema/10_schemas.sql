-- Schemas and the reading role. Everything in sql/schema can be run again at any time.

create schema if not exists source;
create schema if not exists c360;

comment on schema source is
'The contract: what the build reads. Tables that the loader fills, or views over a shop''s own tables.';
comment on schema c360 is
'Customer 360: the published build as views, the procedure create_customer_360, settings and the run log.';

-- A role needs a privilege that not every database user has; without it the web application reads as its own user.
do $$
begin
    if not exists (select from pg_roles where rolname = 'c360_reader') then
        create role c360_reader nologin;
    end if;
    execute format('grant c360_reader to %I', current_user);
    grant usage on schema c360 to c360_reader;
exception
    when insufficient_privilege or duplicate_object or unique_violation then
        raise notice 'role c360_reader is not set up: %', sqlerrm;
end
$$;
