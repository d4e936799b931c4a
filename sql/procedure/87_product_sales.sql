-- Stage: product_sales
-- Grain: product_id
-- Reads: customer_products, c360_in.products
-- Means: sales per product, before returns.

select
    customer_products.product_id,
    products.name,
    products.category,
    products.brand,
    sum(customer_products.units) as units,
    sum(customer_products.orders)::bigint as orders,
    count(*) as customers,
    sum(customer_products.spent) as net_sales
from customer_products
left join c360_in.products on customer_products.product_id = products.product_id
group by customer_products.product_id, products.name, products.category, products.brand
