-- Stage: channel_sales
-- Grain: month, channel, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: counted_orders, customer_dimensions
-- Means: orders per month and the channel they came through; customers are additive over the cells of one channel and
--        month, not over channels: some customers use several. Complete: the month ended by as-of.
-- Incremental: added: orders, customers
-- Anew: c360.is_complete(month) as is_complete

with orders_of_customers as (
    select
        customer_id,
        month,
        channel,
        count(*) as orders
    from counted_orders
    group by customer_id, month, channel
)

select
    orders_of_customers.month,
    orders_of_customers.channel,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    c360.is_complete(orders_of_customers.month) as is_complete,
    sum(orders_of_customers.orders)::bigint as orders,
    count(*) as customers
from orders_of_customers
inner join customer_dimensions on orders_of_customers.customer_id = customer_dimensions.customer_id
group by
    orders_of_customers.month,
    orders_of_customers.channel,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
