-- Stage: sold_products (kept)
-- Grain: product_id
-- Reads: sales_lines
-- Means: sales per product, before returns.
-- Incremental: added: units, orders, customers, net_sales
-- Split: sales_lines

with bought as (
    select
        customer_id,
        product_id,
        count(distinct order_id) as orders,
        sum(units) as units,
        sum(gross_sales - discounts) as spent
    from sales_lines
    where product_id is not null
    group by customer_id, product_id
)

select
    product_id,
    sum(units) as units,
    sum(orders)::bigint as orders,
    count(*) as customers,
    sum(spent) as net_sales
from bought
group by product_id
