-- Stage: order_months (kept)
-- Grain: customer_id
-- Reads: counted_orders
-- Means: in which months a customer ordered.
-- Incremental: by customer
-- Split: counted_orders

select
    customer_id,
    array_agg(distinct month order by month) as order_months
from counted_orders
group by customer_id
