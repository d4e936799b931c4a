-- Stage: customer_categories (working)
-- Grain: customer_id, category
-- Reads: sales_lines, c360_in.products
-- Means: how much of each category each customer bought, in how many orders; category is null for unknown products.

with order_categories as (
    select
        sales_lines.customer_id,
        sales_lines.order_id,
        products.category,
        sum(sales_lines.units) as units,
        sum(sales_lines.gross_sales - sales_lines.discounts) as spent,
        max(sales_lines.ordered_at) as last_bought_at
    from sales_lines
    left join c360_in.products on sales_lines.product_id = products.product_id
    group by sales_lines.customer_id, sales_lines.order_id, products.category
)

select
    customer_id,
    category,
    count(*) as orders,
    sum(units) as units,
    sum(spent) as spent,
    max(last_bought_at) as last_bought_at
from order_categories
group by customer_id, category
