-- Stage: customer_brands (working)
-- Grain: customer_id, brand
-- Reads: sales_lines, c360_in.products
-- Means: how much of each brand each customer bought, in how many orders; brand is null for unknown products.

with order_brands as (
    select
        sales_lines.customer_id,
        sales_lines.order_id,
        products.brand,
        sum(sales_lines.units) as units,
        sum(sales_lines.gross_sales - sales_lines.discounts) as spent,
        max(sales_lines.ordered_at) as last_bought_at
    from sales_lines
    left join c360_in.products on sales_lines.product_id = products.product_id
    group by sales_lines.customer_id, sales_lines.order_id, products.brand
)

select
    customer_id,
    brand,
    count(*) as orders,
    sum(units) as units,
    sum(spent) as spent,
    max(last_bought_at) as last_bought_at
from order_brands
group by customer_id, brand
