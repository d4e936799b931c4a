-- Stage: customer_months (working)
-- Grain: customer_id, month
-- Reads: order_sales, counted_returns
-- Means: what each customer bought and returned in each month; a return counts in its own month.

with events as (
    select
        customer_id,
        month,
        1 as orders,
        units,
        gross_sales,
        discounts,
        0 as returned_amount
    from order_sales
    union all
    select
        customer_id,
        month,
        0,
        0,
        0,
        0,
        amount
    from counted_returns
)

select
    customer_id,
    month,
    sum(orders) as orders,
    sum(units) as units,
    sum(gross_sales) as gross_sales,
    sum(discounts) as discounts,
    sum(returned_amount) as returned_amount
from events
group by customer_id, month
