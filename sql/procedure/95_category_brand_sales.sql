-- Stage: category_brand_sales
-- Grain: category, brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: sales_lines, customer_dimensions
-- Means: sales per category and brand within it, before returns; null is what has none. A customer counts once for
--        each product. No customers and orders: they would need another sort of all lines.
-- Incremental: added: customer_products, units, net_sales
-- Split: sales_lines, customer_dimensions

with bought as (
    select
        customer_id,
        category,
        brand,
        count(distinct product_id) + (count(*) > count(product_id))::integer as products,
        sum(units) as units,
        sum(gross_sales - discounts) as spent
    from sales_lines
    group by customer_id, category, brand
),

sales as (
    select
        bought.category,
        bought.brand,
        customer_dimensions.cell,
        sum(bought.products)::bigint as customer_products,
        sum(bought.units) as units,
        sum(bought.spent) as net_sales
    from bought
    inner join customer_dimensions on bought.customer_id = customer_dimensions.customer_id
    group by bought.category, bought.brand, customer_dimensions.cell
),

cells as (
    select distinct cell, value_segment, rfm_segment, churn_band, country, acquisition_channel
    from customer_dimensions
)

select
    sales.category,
    sales.brand,
    cells.value_segment,
    cells.rfm_segment,
    cells.churn_band,
    cells.country,
    cells.acquisition_channel,
    sales.customer_products,
    sales.units,
    sales.net_sales
from sales
inner join cells on sales.cell = cells.cell
