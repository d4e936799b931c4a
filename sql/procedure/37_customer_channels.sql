-- Stage: customer_channels (working)
-- Grain: customer_id, month, channel
-- Reads: counted_orders
-- Means: how many orders each customer placed through each channel in each month.
-- Incremental: both sides

select
    customer_id,
    month,
    channel,
    count(*) as orders
from counted_orders
group by customer_id, month, channel
