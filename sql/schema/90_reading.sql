-- What the reader may read before anything is published: publishing grants the same again, and the build.

do $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        grant select on all tables in schema c360 to c360_reader;
        perform c360.grant_access();
    end if;
end
$$;
