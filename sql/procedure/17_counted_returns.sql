-- Stage: counted_returns (kept)
-- Grain: return_id
-- Reads: c360_in.returns, counted_orders
-- Means: returns of counted orders, or without an order by a customer with counted orders; each on its own date.
-- Index: customer_id
-- Incremental: by customer

with returns_of_orders as (
    select returns.*
    from c360_in.returns
    inner join counted_orders
        on returns.order_id = counted_orders.order_id and returns.customer_id = counted_orders.customer_id
),

returns_without_order as (
    select returns.*
    from c360_in.returns
    where
        returns.order_id is null
        and exists (
            select from counted_orders
            where counted_orders.customer_id = returns.customer_id
        )
)

select
    return_id,
    customer_id,
    returned_at,
    date_trunc('month', returned_at)::date as month,
    amount
from returns_of_orders
union all
select
    return_id,
    customer_id,
    returned_at,
    date_trunc('month', returned_at)::date,
    amount
from returns_without_order
