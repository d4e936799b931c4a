-- Stage: monthly_sales
-- Grain: month, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: counted_orders, sales_lines, counted_returns, customer_dimensions
-- Means: sales per month; customers are additive because each lies in one cell. A return counts in its own month.
--        Complete: the month ended by as-of.
-- Incremental: added: orders, customers, new_customers, units, gross_sales, discounts, returned_amount, net_sales
-- Anew: c360.is_complete(month) as is_complete
-- Split: counted_orders, sales_lines, counted_returns, customer_dimensions

with ordered as (
    select
        customer_id,
        month,
        count(*) as orders
    from counted_orders
    group by customer_id, month
),

events as (
    select
        customer_id,
        month,
        orders,
        0 as units,
        0 as gross_sales,
        0 as discounts,
        0 as returned_amount
    from ordered
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
),

months as (
    select
        events.month,
        customer_dimensions.cell,
        sum(events.orders)::bigint as orders,
        count(*) filter (where events.orders > 0) as customers,
        count(*) filter (
            where events.orders > 0 and events.month = date_trunc('month', customer_dimensions.first_order_at)::date
        ) as new_customers,
        sum(events.units) as units,
        sum(events.gross_sales) as gross_sales,
        sum(events.discounts) as discounts,
        sum(events.returned_amount) as returned_amount
    from events
    inner join customer_dimensions on events.customer_id = customer_dimensions.customer_id
    group by events.month, customer_dimensions.cell
),

cells as (
    select distinct cell, value_segment, rfm_segment, churn_band, country, acquisition_channel
    from customer_dimensions
)

select
    months.month,
    cells.value_segment,
    cells.rfm_segment,
    cells.churn_band,
    cells.country,
    cells.acquisition_channel,
    c360.is_complete(months.month) as is_complete,
    months.orders,
    months.customers,
    months.new_customers,
    months.units,
    months.gross_sales,
    months.discounts,
    months.returned_amount,
    months.gross_sales - months.discounts - months.returned_amount as net_sales
from months
inner join cells on months.cell = cells.cell
