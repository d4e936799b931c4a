-- Stage: sold_products (kept)
-- Grain: product_id
-- Reads: customer_products
-- Means: sales per product, before returns.
-- Incremental: added: units, orders, customers, net_sales

select
    product_id,
    sum(units) as units,
    sum(orders)::bigint as orders,
    count(*) as customers,
    sum(spent) as net_sales
from customer_products
where product_id is not null
group by product_id
