-- Stage: channel_sales
-- Grain: month, channel, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_channels, customer_dimensions
-- Means: orders per month and the channel they came through; customers are additive over the cells of one channel and
--        month, not over channels: some customers use several. Complete: the month ended by as-of.
-- Incremental: added: orders, customers
-- Anew: c360.is_complete(month) as is_complete

select
    customer_channels.month,
    customer_channels.channel,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    c360.is_complete(customer_channels.month) as is_complete,
    sum(customer_channels.orders)::bigint as orders,
    count(*) as customers
from customer_channels
inner join customer_dimensions on customer_channels.customer_id = customer_dimensions.customer_id
group by
    customer_channels.month,
    customer_channels.channel,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
