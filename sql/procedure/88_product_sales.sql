-- Stage: product_sales
-- Grain: product_id
-- Reads: sold_products, known_products
-- Means: sales per product, before returns, with what the catalogue says of it.

select
    sold_products.product_id,
    products.name,
    products.category,
    products.brand,
    sold_products.units,
    sold_products.orders,
    sold_products.customers,
    sold_products.net_sales
from sold_products
left join known_products as products on sold_products.product_id = products.product_id
