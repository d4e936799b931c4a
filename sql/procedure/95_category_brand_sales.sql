-- Stage: category_brand_sales
-- Grain: category, brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: sales_lines, known_products, customer_dimensions
-- Means: sales per category and brand within it, before returns; null is what has none. No customers and orders: one
--        who buys two brands of a category would need a sort of all lines to be counted once.
-- Incremental: added: units, net_sales

select
    products.category,
    products.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    sum(sales_lines.units) as units,
    sum(sales_lines.gross_sales - sales_lines.discounts) as net_sales
from sales_lines
inner join customer_dimensions on sales_lines.customer_id = customer_dimensions.customer_id
left join known_products as products on sales_lines.product_id = products.product_id
group by
    products.category,
    products.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
