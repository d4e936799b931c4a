-- Stage: customer_products (working)
-- Grain: customer_id, product_id
-- Reads: sales_lines
-- Means: what a customer bought of each product, and of lines without one together. Lines lie by customer, so that only
--        those of one customer are ever sorted; favourites and sales per product, category and brand start here.
-- Incremental: by customer
-- Split: sales_lines

select
    customer_id,
    product_id,
    category,
    brand,
    count(distinct order_id) as orders,
    sum(units) as units,
    sum(gross_sales - discounts) as spent,
    max(ordered_at) as last_bought_at
from sales_lines
group by customer_id, product_id, category, brand
