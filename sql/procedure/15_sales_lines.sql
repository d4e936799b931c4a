-- Stage: sales_lines (kept)
-- Grain: order_id, line_no
-- Reads: c360_in.order_items, counted_orders, known_products
-- Means: every line of every counted order. The one join of the two biggest relations; all sales figures start here.
--        Sums are taken per customer and month, never per order: a sum of numeric per order costs more than the join.
--        In the order of its customers, with category and brand: a join with the catalogue later would lose that order.
-- Index: customer_id
-- Incremental: by customer

select
    counted_orders.customer_id,
    counted_orders.order_id,
    order_items.line_no,
    counted_orders.ordered_at,
    counted_orders.month,
    order_items.product_id,
    products.category,
    products.brand,
    order_items.quantity as units,
    order_items.quantity * order_items.unit_price as gross_sales,
    order_items.discount as discounts
from counted_orders
inner join c360_in.order_items on counted_orders.order_id = order_items.order_id
left join known_products as products on order_items.product_id = products.product_id
-- As a second condition of the join it would be taken for chance, and a handful of lines expected.
where case when counted_orders.customer_id = order_items.customer_id then true end
order by counted_orders.customer_id
