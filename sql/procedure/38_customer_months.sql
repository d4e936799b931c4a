-- Stage: customer_months (working)
-- Grain: customer_id, month
-- Reads: counted_orders, sales_lines, counted_returns
-- Means: what each customer bought and returned in each month; a return counts in its own month.
-- Incremental: both sides

with events as (
    select
        customer_id,
        month,
        1 as orders,
        0 as units,
        0 as gross_sales,
        0 as discounts,
        0 as returned_amount
    from counted_orders
    union all
    select
        customer_id,
        month,
        0,
        units,
        gross_sales,
        discounts,
        0
    from sales_lines
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
