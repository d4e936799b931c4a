-- Stage: category_sales
-- Grain: category, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_categories, customer_360
-- Means: sales per category, before returns; null is what has none. Customers and orders are additive over cells.

select
    customer_categories.category,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sum(customer_categories.units) as units,
    sum(customer_categories.orders)::bigint as orders,
    count(*) as customers,
    sum(customer_categories.spent) as net_sales
from customer_categories
inner join customer_360 on customer_categories.customer_id = customer_360.customer_id
group by
    customer_categories.category,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel
