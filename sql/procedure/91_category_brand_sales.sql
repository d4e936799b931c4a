-- Stage: category_brand_sales
-- Grain: category, brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: sales_lines, customer_360, c360_in.products
-- Means: sales per category and brand within it, before returns; null is what has none. No customers and orders: one
--        who buys two brands of a category would need a sort of all lines to be counted once.

select
    products.category,
    products.brand,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sum(sales_lines.units) as units,
    sum(sales_lines.gross_sales - sales_lines.discounts) as net_sales
from sales_lines
inner join customer_360 on sales_lines.customer_id = customer_360.customer_id
left join c360_in.products on sales_lines.product_id = products.product_id
group by
    products.category,
    products.brand,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel
