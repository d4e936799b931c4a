-- What c360_reader, the role of the web application, may read: a build, and of the source the time line alone. It may
-- write to no table; what it has to write goes through functions that run with the rights of their owner (security
-- definer) and do one thing each. Who takes over the role can therefore add a line to the audit, but neither read nor
-- change one, and learns no token.

-- What the reader may call, and what it may not read whatever publishing grants. A function may be executed by
-- everybody until that is taken away, where it is made.
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

-- The time line of a customer is read from the source, and of it no column more than it shows. Views there may belong
-- to somebody else, who then grants it.
create or replace function c360.grant_reading_source() returns void
language plpgsql as $$
declare
    v_read record;
begin
    grant usage on schema source to c360_reader;
    for v_read in
        select relation, columns
        from (
            values
            ('campaign_responses', 'campaign_id, customer_id, sent_at, opened_at, clicked_at, converted_at'),
            ('campaigns', 'campaign_id, name, channel'),
            ('order_items', 'order_id, customer_id, product_id, quantity, unit_price, discount'),
            ('orders', 'order_id, customer_id, ordered_at, status, channel'),
            ('products', 'product_id, name'),
            ('returns', 'return_id, customer_id, product_id, returned_at, amount'),
            ('service_tickets', 'ticket_id, customer_id, opened_at, closed_at, channel, category, satisfaction'),
            ('web_events', 'customer_id, session_id, occurred_at, event_type')
        ) as shown (relation, columns)
        where has_table_privilege('c360_reader', 'source.' || shown.relation, 'select') or exists (
            select
            from unnest(string_to_array(shown.columns, ', ')) as name
            where not has_column_privilege('c360_reader', 'source.' || shown.relation, name, 'select')
        )
    loop
        begin
            execute format('revoke select on source.%I from c360_reader', v_read.relation);
            execute format('grant select (%s) on source.%I to c360_reader', v_read.columns, v_read.relation);
        exception when insufficient_privilege then
            raise notice 'c360_reader may not read source.%: %', v_read.relation, sqlerrm;
        end;
    end loop;
exception when insufficient_privilege then
    raise notice 'c360_reader may not read the source: %', sqlerrm;
end
$$;

create or replace function c360.grant_reading(p_schema text) returns void
language plpgsql as $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        execute format('grant usage on schema c360, %I to c360_reader', p_schema);
        execute format('grant select on all tables in schema c360, %I to c360_reader', p_schema);
        perform c360.grant_access();
        perform c360.grant_reading_source();
    end if;
end
$$;
