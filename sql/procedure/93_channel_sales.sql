-- Stage: channel_sales
-- Grain: month, channel, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: counted_orders, customer_dimensions
-- Means: orders per month and the channel they came through; customers are additive over the cells of one channel and
--        month, not over channels: some customers use several. Complete: the month ended by as-of.
-- Incremental: added: orders, customers
-- Anew: c360.is_complete(month) as is_complete
-- Split: customer_dimensions by cell

with used as (
    select
        counted_orders.customer_id,
        customer_dimensions.cell,
        counted_orders.month,
        counted_orders.channel,
        count(*) as orders
    from counted_orders
    inner join customer_dimensions on counted_orders.customer_id = customer_dimensions.customer_id
    group by counted_orders.customer_id, customer_dimensions.cell, counted_orders.month, counted_orders.channel
),

months as (
    select
        month,
        channel,
        cell,
        sum(orders)::bigint as orders,
        count(*) as customers
    from used
    group by month, channel, cell
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
