-- Stage: sales_lines (working)
-- Grain: order_id, line_no
-- Reads: c360_in.order_items, c360_in.orders, basic_information
-- Means: every line of every counted order. The one join of the two biggest relations; all sales figures start here.

select
    orders.customer_id,
    orders.order_id,
    order_items.line_no,
    orders.ordered_at,
    order_items.product_id,
    order_items.quantity as units,
    order_items.quantity * order_items.unit_price as gross_sales,
    order_items.discount as discounts
from c360_in.orders
inner join basic_information on orders.customer_id = basic_information.customer_id
inner join c360_in.order_items
    on orders.order_id = order_items.order_id and orders.customer_id = order_items.customer_id
