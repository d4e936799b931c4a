-- Stage: customer_months (working)
-- Grain: customer_id, month
-- Reads: counted_orders, sales_lines, counted_returns, moments
-- Means: what a customer ordered, spent and sent back in a month; comparison_ columns: of that by the comparison
--        moment. What asks for months, or for sums of a customer, need not read the lines again.
-- Incremental: by customer
-- Split: counted_orders, sales_lines, counted_returns

with ordered as (
    select
        customer_id,
        month,
        count(*) as orders
    from counted_orders
    group by customer_id, month
),

sold as (
    select
        customer_id,
        month,
        sum(units) as units,
        sum(gross_sales) as gross_sales,
        sum(discounts) as discounts,
        sum(gross_sales - discounts)
        filter (where ordered_at <= (select comparison_as_of from moments)) as comparison_sales
    from sales_lines
    group by customer_id, month
),

returned as (
    select
        customer_id,
        month,
        count(*) as returns,
        sum(amount) as returned_amount,
        sum(amount)
        filter (where returned_at <= (select comparison_as_of from moments)) as comparison_returned_amount
    from counted_returns
    group by customer_id, month
)

select
    coalesce(ordered.customer_id, returned.customer_id) as customer_id,
    coalesce(ordered.month, returned.month) as month,
    coalesce(ordered.orders, 0) as orders,
    coalesce(sold.units, 0) as units,
    coalesce(sold.gross_sales, 0) as gross_sales,
    coalesce(sold.discounts, 0) as discounts,
    coalesce(sold.comparison_sales, 0) as comparison_sales,
    coalesce(returned.returns, 0) as returns,
    coalesce(returned.returned_amount, 0) as returned_amount,
    coalesce(returned.comparison_returned_amount, 0) as comparison_returned_amount
from ordered
left join sold on ordered.customer_id = sold.customer_id and ordered.month = sold.month
full join returned on ordered.customer_id = returned.customer_id and ordered.month = returned.month
