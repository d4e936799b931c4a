-- Stage: purchase_statistics (kept)
-- Grain: customer_id
-- Reads: counted_orders, customer_months, moments
-- Means: how often, how recently and for how much a customer bought; comparison_ columns as of the comparison moment.
-- Incremental: by customer
-- Split: counted_orders, customer_months

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

spent as (
    select
        customer_id,
        sum(units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(returns)::bigint as returns,
        sum(returned_amount) as returned_amount,
        sum(comparison_sales - comparison_returned_amount) as comparison_value
    from customer_months
    group by customer_id
)

select
    bought.*,
    bought.last_order_at::date - bought.first_order_at::date as span_days,
    spent.units,
    spent.gross_sales,
    spent.discounts,
    spent.returns,
    spent.returned_amount,
    spent.gross_sales - spent.discounts - spent.returned_amount as lifetime_value,
    bought.comparison_last_order_at::date - bought.first_order_at::date as comparison_span_days,
    case when bought.comparison_orders > 0 then spent.comparison_value end as comparison_lifetime_value
from bought
inner join spent on bought.customer_id = spent.customer_id
