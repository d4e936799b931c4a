-- Stage: brand_sales
-- Grain: brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_brands, customer_360
-- Means: sales per brand, before returns; null is what has none. Customers and orders are additive over cells.

select
    customer_brands.brand,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sum(customer_brands.units) as units,
    sum(customer_brands.orders)::bigint as orders,
    count(*) as customers,
    sum(customer_brands.spent) as net_sales
from customer_brands
inner join customer_360 on customer_brands.customer_id = customer_360.customer_id
group by
    customer_brands.brand,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel
