-- Stage: customer_categories (working)
-- Grain: customer_id, category
-- Reads: sales_lines
-- Means: what a customer bought of each category, and of what has none together. Not from customer_products: an order
--        with two products of a category counts once.
-- Incremental: by customer
-- Split: sales_lines

select
    customer_id,
    category,
    count(distinct order_id) as orders,
    sum(units) as units,
    sum(gross_sales - discounts) as spent,
    max(ordered_at) as last_bought_at
from sales_lines
group by customer_id, category
