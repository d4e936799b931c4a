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
