-- Stage: purchase_statistics (working)
-- Grain: customer_id
-- Reads: order_sales, counted_returns, settings
-- Means: how often, how recently and for how much a customer bought; comparison_ columns as of the comparison moment.

with windows as (
    select
        as_of,
        comparison_as_of,
        as_of - make_interval(months => retention_window_months::integer) as current_from,
        as_of - make_interval(months => 2 * retention_window_months::integer) as previous_from,
        comparison_as_of - make_interval(months => retention_window_months::integer) as comparison_current_from,
        comparison_as_of - make_interval(months => 2 * retention_window_months::integer) as comparison_previous_from
    from settings
),

bought as (
    select
        order_sales.customer_id,
        count(*) as orders,
        count(distinct order_sales.ordered_on) as order_days,
        min(order_sales.ordered_at) as first_order_at,
        max(order_sales.ordered_at) as last_order_at,
        sum(order_sales.units) as units,
        sum(order_sales.gross_sales) as gross_sales,
        sum(order_sales.discounts) as discounts,
        count(*) filter (where ordered_at > current_from) as orders_current_window,
        count(*) filter (where ordered_at > previous_from and ordered_at <= current_from) as orders_previous_window,
        count(*) filter (where ordered_at <= comparison_as_of) as comparison_orders,
        count(distinct ordered_on) filter (where ordered_at <= comparison_as_of) as comparison_order_days,
        max(ordered_at) filter (where ordered_at <= comparison_as_of) as comparison_last_order_at,
        sum(gross_sales - discounts) filter (where ordered_at <= comparison_as_of) as comparison_sales,
        count(*) filter (where ordered_at > comparison_current_from and ordered_at <= comparison_as_of)
            as comparison_orders_current_window,
        count(*) filter (where ordered_at > comparison_previous_from and ordered_at <= comparison_current_from)
            as comparison_orders_previous_window
    from order_sales
    cross join windows
    group by order_sales.customer_id
),

returned as (
    select
        counted_returns.customer_id,
        count(*) as returns,
        sum(counted_returns.amount) as returned_amount,
        sum(amount) filter (where returned_at <= comparison_as_of) as comparison_returned_amount
    from counted_returns
    cross join windows
    group by counted_returns.customer_id
)

select
    bought.*,
    settings.as_of::date - bought.last_order_at::date as recency_days,
    bought.last_order_at::date - bought.first_order_at::date as span_days,
    coalesce(returned.returns, 0) as returns,
    coalesce(returned.returned_amount, 0) as returned_amount,
    bought.gross_sales - bought.discounts - coalesce(returned.returned_amount, 0) as lifetime_value,
    settings.comparison_as_of::date - bought.comparison_last_order_at::date as comparison_recency_days,
    bought.comparison_last_order_at::date - bought.first_order_at::date as comparison_span_days,
    bought.comparison_sales - coalesce(returned.comparison_returned_amount, 0) as comparison_lifetime_value
from bought
left join returned on bought.customer_id = returned.customer_id
cross join settings
