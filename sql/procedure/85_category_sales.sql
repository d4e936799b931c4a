-- Stage: category_sales
-- Grain: category, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_categories, customer_dimensions
-- Means: sales per category, before returns; null is what has none. Customers and orders are additive over cells.
-- Incremental: added: units, orders, customers, net_sales

select
    customer_categories.category,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    sum(customer_categories.units) as units,
    sum(customer_categories.orders)::bigint as orders,
    count(*) as customers,
    sum(customer_categories.spent) as net_sales
from customer_categories
inner join customer_dimensions on customer_categories.customer_id = customer_dimensions.customer_id
group by
    customer_categories.category,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
