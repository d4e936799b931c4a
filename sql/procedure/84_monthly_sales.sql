-- Stage: monthly_sales
-- Grain: month, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_months, customer_dimensions
-- Means: sales per month; customers are additive because each lies in one cell. A return counts in its own month.
--        Complete: the month ended by as-of.
-- Incremental: added: orders, customers, new_customers, units, gross_sales, discounts, returned_amount, net_sales
-- Anew: c360.is_complete(month) as is_complete
-- Split: customer_dimensions by cell

with months as (
    select
        customer_months.month,
        customer_dimensions.cell,
        sum(customer_months.orders)::bigint as orders,
        count(*) filter (where customer_months.orders > 0) as customers,
        count(*) filter (
            where
            customer_months.orders > 0
            and customer_months.month = date_trunc('month', customer_dimensions.first_order_at)::date
        ) as new_customers,
        sum(customer_months.units) as units,
        sum(customer_months.gross_sales) as gross_sales,
        sum(customer_months.discounts) as discounts,
        sum(customer_months.returned_amount) as returned_amount
    from customer_months
    inner join customer_dimensions on customer_months.customer_id = customer_dimensions.customer_id
    group by customer_months.month, customer_dimensions.cell
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
