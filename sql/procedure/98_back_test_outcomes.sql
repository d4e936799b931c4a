-- What a back-test compares: what the build foretold of each customer, and what the customer did.

-- A column of customer_360 as SQL; null where this version of the build has none of that name.
create or replace function c360.column_or_null(p_schema text, p_column text) returns text
language sql stable
return case
    when exists (
        select from pg_attribute
        where attrelid = format('%I.customer_360', p_schema)::regclass and attname = p_column
    ) then quote_ident(p_column)
    else 'null'
end;

-- back_test_customers: everybody with an order, what was foretold of them, and their days with an order and net sales
-- in the days after and in as many days before. The orders of both spans are read once.
create or replace function c360.take_outcomes(p_schema text, p_from timestamptz, p_days integer) returns void
language plpgsql as $$
begin
    execute format(
        'create table back_test_foretold as select customer_id, value_segment, churn_band, '
        'recency_days::double precision as recency_days, churn_risk_score, '
        '(%s)::double precision as probability_active, (%s)::double precision as expected_order_days, '
        '(%s)::double precision as expected_sales from customer_360 where orders > 0',
        c360.column_or_null(p_schema, 'probability_active'),
        c360.column_or_null(p_schema, format('expected_orders_%s_days', p_days)),
        c360.column_or_null(p_schema, format('expected_sales_%s_days', p_days))
    );
    create table back_test_customers as
    with spans as (
        select p_from - make_interval(days => p_days) as before_from
    ),

    counted as (
        select
            orders.order_id,
            orders.customer_id,
            orders.ordered_at::date as ordered_on,
            orders.ordered_at > p_from as is_after
        from c360_in.orders
        inner join back_test_foretold as foretold on orders.customer_id = foretold.customer_id
        inner join spans on orders.ordered_at > spans.before_from
    ),

    sold as (
        select
            counted.customer_id,
            count(distinct counted.ordered_on) filter (where is_after) as order_days,
            count(distinct counted.ordered_on) filter (where not is_after) as order_days_before,
            sum(quantity * unit_price - discount) filter (where is_after) as sales,
            sum(quantity * unit_price - discount) filter (where not is_after) as sales_before
        from counted
        left join c360_in.order_items
            on counted.order_id = order_items.order_id and counted.customer_id = order_items.customer_id
        group by counted.customer_id
    ),

    returned as (
        select
            returns.customer_id,
            sum(returns.amount) filter (where returned_at > p_from) as amount,
            sum(returns.amount) filter (where returned_at <= p_from) as amount_before
        from c360_in.returns
        inner join back_test_foretold as foretold on returns.customer_id = foretold.customer_id
        inner join spans on returns.returned_at > spans.before_from
        left join c360_in.orders on returns.order_id = orders.order_id and returns.customer_id = orders.customer_id
        where returns.order_id is null or orders.order_id is not null
        group by returns.customer_id
    )

    select
        foretold.*,
        coalesce(sold.order_days, 0) as order_days,
        coalesce(sold.order_days_before, 0) as order_days_before,
        coalesce(sold.sales, 0) - coalesce(returned.amount, 0) as sales,
        coalesce(sold.sales_before, 0) - coalesce(returned.amount_before, 0) as sales_before
    from back_test_foretold as foretold
    left join sold on foretold.customer_id = sold.customer_id
    left join returned on foretold.customer_id = returned.customer_id;
    analyze back_test_customers;
end
$$;
