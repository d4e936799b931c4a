-- Stage: customer_products (working)
-- Grain: customer_id, product_id
-- Reads: sales_lines
-- Means: how much of each product each customer bought, in how many orders; null is what lines without a product hold.
--        One sort, in which the distinct orders of a group stand together.
-- Incremental: both sides

select
    customer_id,
    product_id,
    count(distinct order_id) as orders,
    sum(units) as units,
    sum(gross_sales - discounts) as spent,
    max(ordered_at) as last_bought_at
from sales_lines
group by customer_id, product_id
