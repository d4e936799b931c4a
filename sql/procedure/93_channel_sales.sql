-- Stage: channel_sales
-- Grain: month, channel, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: counted_orders, customer_360, settings
-- Means: orders per month and the channel they came through; customers are additive over the cells of one channel and
--        month, not over channels: some customers use several. Complete: the month ended by as-of.

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
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    orders_of_customers.month + interval '1 month' <= settings.as_of + interval '1 second' as is_complete,
    sum(orders_of_customers.orders)::bigint as orders,
    count(*) as customers
from orders_of_customers
inner join customer_360 on orders_of_customers.customer_id = customer_360.customer_id
cross join settings
group by
    orders_of_customers.month,
    orders_of_customers.channel,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    settings.as_of
