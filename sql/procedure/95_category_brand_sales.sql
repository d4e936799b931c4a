-- Stage: category_brand_sales
-- Grain: category, brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_products, customer_dimensions
-- Means: sales per category and brand within it, before returns; null is what has none. A customer counts once for
--        each product. No customers and orders: they would need another sort of all lines.
-- Incremental: added: customer_products, units, net_sales
-- Split: customer_dimensions by cell

with sales as (
    select
        bought.category,
        bought.brand,
        customer_dimensions.cell,
        count(*) as customer_products,
        sum(bought.units) as units,
        sum(bought.spent) as net_sales
    from customer_products as bought
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
