-- Stage: category_brand_sales
-- Grain: category, brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_products, known_products, customer_dimensions
-- Means: sales per category and brand within it, before returns; null is what has none. No customers and orders: one
--        who buys two products of a brand would need a sort of all lines to be counted once.
-- Incremental: added: customer_products, units, net_sales

select
    products.category,
    products.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    count(*) as customer_products,
    sum(customer_products.units) as units,
    sum(customer_products.spent) as net_sales
from customer_products
inner join customer_dimensions on customer_products.customer_id = customer_dimensions.customer_id
left join known_products as products on customer_products.product_id = products.product_id
group by
    products.category,
    products.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
