-- Stage: customer_products (working)
-- Grain: customer_id, product_id
-- Reads: sales_lines
-- Means: how much of each product each customer bought; lines without a product count in no favourite.

select
    customer_id,
    product_id,
    sum(units) as units,
    sum(gross_sales - discounts) as spent,
    max(ordered_at) as last_bought_at
from sales_lines
where product_id is not null
group by customer_id, product_id
