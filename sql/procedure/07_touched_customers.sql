-- Which customers an incremental run computes anew: those whose rows changed, by log or fingerprint; whose rows come
-- into view or leave a window as the as-of moment moves on; who bought a product that changed; whose ids are linked in
-- another way. Each function adds to c360_touched.customer.

create or replace function c360.touch_logged() returns void
language plpgsql as $$
begin
    execute format(
        'insert into c360_touched.customer select distinct customer_id::%s from c360.changed_customer '
        'where relation <> %L on conflict do nothing',
        (
            select format_type(atttypid, atttypmod)
            from pg_attribute
            where attrelid = 'c360_touched.customer'::regclass and attname = 'customer_id'
        ),
        'excluded_customer'
    );
    if exists (select from c360.changed_customer where relation = 'excluded_customer') then
        insert into c360_touched.customer
        select customers.customer_id
        from source.customers
        inner join c360.changed_customer on customers.customer_id::text = changed_customer.customer_id
        where changed_customer.relation = 'excluded_customer'
        on conflict do nothing;
    end if;
end
$$;

create or replace function c360.touch_fingerprints(p_schema text) returns void
language plpgsql as $$
begin
    execute format(
        'insert into c360_touched.customer '
        'select customer_id from c360_kept.fingerprints as before '
        'full join %I.fingerprints as after using (relation, customer_id) '
        'where (before.rows, before.hash) is distinct from (after.rows, after.hash) on conflict do nothing', p_schema
    );
end
$$;

create or replace function c360.touch_product_buyers(p_schema text) returns void
language plpgsql as $$
declare
    v_changed text[];
begin
    execute format(
        'select array_agg(product_id::text) '
        'from c360_kept.known_products as before full join %I.known_products as after using (product_id) '
        'where (before.name, before.category, before.brand) is distinct from (after.name, after.category, after.brand)',
        p_schema
    ) into v_changed;
    if v_changed is not null then
        insert into c360_touched.customer
        select distinct sales_lines.customer_id
        from c360_kept.sales_lines
        where sales_lines.product_id::text in (select unnest(v_changed))
        on conflict do nothing;
    end if;
end
$$;

-- The time between where each border lies in the kept build and where it lies in this one: either may be the later,
-- for a month back from the 29 to 31 March is a day of February.
create or replace function c360.passed(p_schema text, p_borders text[]) returns tstzmultirange
language plpgsql as $$
declare
    v_passed tstzmultirange;
begin
    execute format(
        'select range_agg(tstzrange(least(before.at, after.at), greatest(before.at, after.at), ''(]'')) '
        'from (select key, value::timestamptz as at from c360_kept.moments, jsonb_each_text(to_jsonb(moments))) '
        'as before inner join '
        '(select key, value::timestamptz as at from %I.moments, jsonb_each_text(to_jsonb(moments))) as after '
        'using (key) where key = any ($1)', p_schema
    ) into v_passed using p_borders;
    return v_passed;
end
$$;

create or replace function c360.touch_passed(p_schema text) returns void
language plpgsql as $$
declare
    v_border constant text[] := array['as_of', 'comparison_as_of'];
    v_now constant tstzmultirange := c360.passed(p_schema, v_border);
    v_orders constant tstzmultirange := c360.passed(p_schema, v_border || array[
        'current_from', 'previous_from', 'comparison_current_from', 'comparison_previous_from', 'frequency_from',
        'comparison_frequency_from'
    ]);
    v_tickets constant tstzmultirange := c360.passed(
        p_schema, v_border || array['service_from', 'comparison_service_from']
    );
    v_visits constant tstzmultirange := c360.passed(p_schema, v_border || array['engagement_from']);
begin
    if isempty(v_orders) and isempty(v_visits) then
        return;
    end if;
    execute format(
        'create unlogged table c360_after.passed as '
        'select customer_id from source.customers where signup_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.orders where ordered_at <@ %2$L::tstzmultirange union all '
        'select customer_id from source.returns where returned_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.service_tickets '
        'where opened_at <@ %3$L::tstzmultirange or closed_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.web_events where occurred_at <@ %4$L::tstzmultirange union all '
        'select customer_id from source.campaign_responses '
        'where sent_at <@ %1$L::tstzmultirange or opened_at <@ %1$L::tstzmultirange '
        'or clicked_at <@ %1$L::tstzmultirange or converted_at <@ %1$L::tstzmultirange',
        v_now, v_orders, v_tickets, v_visits
    );
    insert into c360_touched.customer
    select distinct customer_id
    from c360_after.passed
    where customer_id is not null
    on conflict do nothing;
end
$$;

create or replace function c360.find_touched(p_schema text) returns bigint
language plpgsql as $$
begin
    delete from c360_touched.customer;
    perform c360.touch_logged();
    perform c360.touch_fingerprints(p_schema);
    perform c360.touch_product_buyers(p_schema);
    perform c360.touch_passed(p_schema);
    perform c360.touch_persons(p_schema);
    analyze c360_touched.customer;
    return (select count(*) from c360_touched.customer);
end
$$;

comment on function c360.find_touched is 'Fills c360_touched.customer for an incremental run; how many they are.';
