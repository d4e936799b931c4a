-- What the reader may read of the source, also before the next build is published: after an upgrade it may be more.

do $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        perform c360.grant_reading_source();
    end if;
end
$$;
