-- Stage: order_months (kept)
-- Grain: customer_id
-- Reads: customer_months
-- Means: in which months a customer ordered.
-- Incremental: by customer
-- Split: customer_months

select
    customer_id,
    array_agg(month order by month) as order_months
from customer_months
where orders > 0
group by customer_id
