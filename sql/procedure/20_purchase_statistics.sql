-- Stage: purchase_statistics (kept)
-- Grain: customer_id
-- Reads: counted_orders, sales_lines, counted_returns, moments
-- Means: how often, how recently and for how much a customer bought; comparison_ columns as of the comparison moment.
-- Incremental: by customer
-- Split: counted_orders, sales_lines, counted_returns

with bought as (
    select
        counted_orders.customer_id,
        count(*) as orders,
        count(distinct counted_orders.ordered_on) as order_days,
        min(counted_orders.ordered_at) as first_order_at,
        max(counted_orders.ordered_at) as last_order_at,
        count(*) filter (where ordered_at > current_from) as orders_current_window,
        count(*) filter (where ordered_at > previous_from and ordered_at <= current_from) as orders_previous_window,
        count(distinct ordered_on) filter (where ordered_at > frequency_from) as recent_order_days,
        count(*) filter (where ordered_at <= comparison_as_of) as comparison_orders,
        count(distinct ordered_on) filter (where ordered_at <= comparison_as_of) as comparison_order_days,
        count(distinct ordered_on) filter (
            where ordered_at > comparison_frequency_from and ordered_at <= comparison_as_of
        ) as comparison_recent_order_days,
        max(ordered_at) filter (where ordered_at <= comparison_as_of) as comparison_last_order_at,
        count(*) filter (where ordered_at > comparison_current_from and ordered_at <= comparison_as_of)
            as comparison_orders_current_window,
        count(*) filter (where ordered_at > comparison_previous_from and ordered_at <= comparison_current_from)
            as comparison_orders_previous_window
    from counted_orders
    cross join moments
    group by counted_orders.customer_id
),

sold as (
    select
        sales_lines.customer_id,
        sum(sales_lines.units) as units,
        sum(sales_lines.gross_sales) as gross_sales,
        sum(sales_lines.discounts) as discounts,
        sum(gross_sales - discounts) filter (where ordered_at <= comparison_as_of) as comparison_sales
    from sales_lines
    cross join moments
    group by sales_lines.customer_id
),

returned as (
    select
        counted_returns.customer_id,
        count(*) as returns,
        sum(counted_returns.amount) as returned_amount,
        sum(amount) filter (where returned_at <= comparison_as_of) as comparison_returned_amount
    from counted_returns
    cross join moments
    group by counted_returns.customer_id
)

select
    bought.*,
    bought.last_order_at::date - bought.first_order_at::date as span_days,
    coalesce(sold.units, 0) as units,
    coalesce(sold.gross_sales, 0) as gross_sales,
    coalesce(sold.discounts, 0) as discounts,
    coalesce(returned.returns, 0) as returns,
    coalesce(returned.returned_amount, 0) as returned_amount,
    coalesce(sold.gross_sales - sold.discounts, 0) - coalesce(returned.returned_amount, 0) as lifetime_value,
    bought.comparison_last_order_at::date - bought.first_order_at::date as comparison_span_days,
    case
        when bought.comparison_orders > 0
            then coalesce(sold.comparison_sales, 0) - coalesce(returned.comparison_returned_amount, 0)
    end as comparison_lifetime_value
from bought
left join sold on bought.customer_id = sold.customer_id
left join returned on bought.customer_id = returned.customer_id
