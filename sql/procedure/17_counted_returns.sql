-- Stage: counted_returns (working)
-- Grain: return_id
-- Reads: c360_in.returns, order_sales
-- Means: returns of counted orders, or without an order by a customer with counted orders; each on its own date.

with returns_of_orders as (
    select returns.*
    from c360_in.returns
    inner join order_sales
        on returns.order_id = order_sales.order_id and returns.customer_id = order_sales.customer_id
),

returns_without_order as (
    select returns.*
    from c360_in.returns
    where
        returns.order_id is null
        and exists (
            select from order_sales
            where order_sales.customer_id = returns.customer_id
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
