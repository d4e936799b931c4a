-- Stage: brand_sales
-- Grain: brand, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_brands, customer_dimensions
-- Means: sales per brand, before returns; null is what has none. Customers and orders are additive over cells.
-- Incremental: added: units, orders, customers, net_sales

select
    customer_brands.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    sum(customer_brands.units) as units,
    sum(customer_brands.orders)::bigint as orders,
    count(*) as customers,
    sum(customer_brands.spent) as net_sales
from customer_brands
inner join customer_dimensions on customer_brands.customer_id = customer_dimensions.customer_id
group by
    customer_brands.brand,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
