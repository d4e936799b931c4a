-- Stage: channel_sales
-- Grain: month, channel, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: counted_orders, customer_dimensions
-- Means: orders per month and the channel they came through; customers are additive over the cells of one channel and
--        month, not over channels: some customers use several. Complete: the month ended by as-of.
-- Incremental: added: orders, customers
-- Anew: c360.is_complete(month) as is_complete
-- Split: counted_orders, customer_dimensions

with used as (
    select
        customer_id,
        month,
        channel,
        count(*) as orders
    from counted_orders
    group by customer_id, month, channel
),

months as (
    select
        used.month,
        used.channel,
        customer_dimensions.cell,
        sum(used.orders)::bigint as orders,
        count(*) as customers
    from used
    inner join customer_dimensions on used.customer_id = customer_dimensions.customer_id
    group by used.month, used.channel, customer_dimensions.cell
),

cells as (
    select distinct cell, value_segment, rfm_segment, churn_band, country, acquisition_channel
    from customer_dimensions
)

select
    months.month,
    months.channel,
    cells.value_segment,
    cells.rfm_segment,
    cells.churn_band,
    cells.country,
    cells.acquisition_channel,
    c360.is_complete(months.month) as is_complete,
    months.orders,
    months.customers
from months
inner join cells on months.cell = cells.cell
