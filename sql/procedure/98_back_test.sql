-- A back-test: the build of an earlier moment beside what then happened. The build stands first in the search path; the
-- tables made here stand in its schema, and are dropped with it before the transaction ends.

-- The moment that a back-test looks from; refuses where the data do not reach far enough.
create or replace function c360.back_test_from(p_as_of timestamptz, p_days integer) returns timestamptz
language plpgsql as $$
declare
    v_latest constant timestamptz := c360.default_as_of();
    v_first constant timestamptz := (select min(ordered_at) from source.orders where status = 'completed');
    v_as_of timestamptz;
begin
    perform set_config('timezone', c360.setting_value('timezone'), true);
    v_as_of := coalesce(p_as_of, v_latest - make_interval(days => p_days));
    if p_days < 1 then
        raise exception 'a back-test is over one day or more' using errcode = 'no_data_found';
    elsif v_first is null then
        raise exception 'there is no completed order to look back at' using errcode = 'no_data_found';
    elsif v_as_of + make_interval(days => p_days) > v_latest then
        raise exception 'the data end on %, which is less than % days after %', v_latest::date, p_days, v_as_of::date
            using errcode = 'no_data_found', hint = 'Look from an earlier moment, or over fewer days.';
    elsif v_as_of - make_interval(days => p_days) < v_first then
        raise exception 'the orders begin on %, which is less than % days before %', v_first::date, p_days, v_as_of::date
            using errcode = 'no_data_found', hint = 'A back-test needs as many days of orders before as after; take fewer.';
    end if;
    return v_as_of;
end
$$;

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

-- back_test_customers: everybody with an order, what was foretold of them, and their orders and net sales in the days
-- after and in as many days before. The orders of both spans are read once.
create or replace function c360.take_outcomes(p_schema text, p_from timestamptz, p_days integer) returns void
language plpgsql as $$
begin
    execute format(
        'create table back_test_foretold as select customer_id, value_segment, churn_band, '
        'recency_days::double precision as recency_days, churn_risk_score, '
        '(%s)::double precision as probability_active, (%s)::double precision as expected_orders, '
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
            orders.ordered_at > p_from as is_after
        from c360_in.orders
        inner join back_test_foretold as foretold on orders.customer_id = foretold.customer_id
        inner join spans on orders.ordered_at > spans.before_from
    ),

    sold as (
        select
            counted.customer_id,
            count(distinct counted.order_id) filter (where is_after) as orders,
            count(distinct counted.order_id) filter (where not is_after) as orders_before,
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
        coalesce(sold.orders, 0) as orders,
        coalesce(sold.orders_before, 0) as orders_before,
        coalesce(sold.sales, 0) - coalesce(returned.amount, 0) as sales,
        coalesce(sold.sales_before, 0) - coalesce(returned.amount_before, 0) as sales_before
    from back_test_foretold as foretold
    left join sold on foretold.customer_id = sold.customer_id
    left join returned on foretold.customer_id = returned.customer_id;
    analyze back_test_customers;
end
$$;

create or replace function c360.measure_back_test(p_run_id bigint, p_days integer) returns void
language plpgsql as $$
declare
    v_from constant timestamptz := c360.as_of();
    v_until constant timestamptz := v_from + make_interval(days => p_days);
begin
    -- From here on the input views let in what happened after the build's moment.
    perform set_config('c360.as_of', v_until::text, true);
    perform c360.take_outcomes(c360.build_schema(p_run_id), v_from, p_days);
    insert into c360.back_test (run_id, as_of, until, days, customers, returned)
    select p_run_id, v_from, v_until, p_days, count(*), count(*) filter (where orders > 0)
    from back_test_customers;
    perform c360.rank_back_test(p_run_id);
    perform c360.group_back_test(p_run_id);
end
$$;

comment on function c360.measure_back_test is 'Stores how what the build in the search path foretold came true.';
