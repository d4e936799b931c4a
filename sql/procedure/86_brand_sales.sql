-- Stage: brand_sales
-- Grain: brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_brands, customer_dimensions
-- Means: sales per brand, before returns; null is what has none. Customers and orders are additive over cells.
-- Incremental: added: units, orders, customers, net_sales
-- Split: customer_dimensions by cell

with sales as (
    select
        bought.brand,
        customer_dimensions.cell,
        sum(bought.units) as units,
        sum(bought.orders)::bigint as orders,
        count(*) as customers,
        sum(bought.spent) as net_sales
    from customer_brands as bought
    inner join customer_dimensions on bought.customer_id = customer_dimensions.customer_id
    group by bought.brand, customer_dimensions.cell
),

cells as (
    select distinct cell, value_segment, rfm_segment, churn_band, country, acquisition_channel
    from customer_dimensions
)

select
    sales.brand,
    cells.value_segment,
    cells.rfm_segment,
    cells.churn_band,
    cells.country,
    cells.acquisition_channel,
    sales.units,
    sales.orders,
    sales.customers,
    sales.net_sales
from sales
inner join cells on sales.cell = cells.cell
