-- Stage: order_sales (working)
-- Grain: order_id
-- Reads: c360_in.orders, basic_information, sales_lines
-- Means: every counted order with its sums; an order without lines counts, with sales of 0.

with lines as (
    select
        order_id,
        sum(units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts
    from sales_lines
    group by order_id
)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.ordered_at::date as ordered_on,
    date_trunc('month', orders.ordered_at)::date as month,
    orders.channel,
    coalesce(lines.units, 0) as units,
    coalesce(lines.gross_sales, 0) as gross_sales,
    coalesce(lines.discounts, 0) as discounts
from c360_in.orders
inner join basic_information on orders.customer_id = basic_information.customer_id
left join lines on orders.order_id = lines.order_id
