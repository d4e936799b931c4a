-- Stage: monthly_sales
-- Grain: month, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_months, customer_dimensions
-- Means: sales per month; customers are additive because each lies in one cell. Complete: the month ended by as-of.
-- Incremental: added: orders, customers, new_customers, units, gross_sales, discounts, returned_amount, net_sales
-- Anew: c360.is_complete(month) as is_complete

select
    customer_months.month,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel,
    c360.is_complete(customer_months.month) as is_complete,
    sum(customer_months.orders)::bigint as orders,
    count(*) filter (where customer_months.orders > 0) as customers,
    count(*) filter (
        where customer_months.month = date_trunc('month', customer_dimensions.first_order_at)::date
    ) as new_customers,
    sum(customer_months.units) as units,
    sum(customer_months.gross_sales) as gross_sales,
    sum(customer_months.discounts) as discounts,
    sum(customer_months.returned_amount) as returned_amount,
    sum(customer_months.gross_sales - customer_months.discounts - customer_months.returned_amount) as net_sales
from customer_months
inner join customer_dimensions on customer_months.customer_id = customer_dimensions.customer_id
group by
    customer_months.month,
    customer_dimensions.value_segment,
    customer_dimensions.rfm_segment,
    customer_dimensions.churn_band,
    customer_dimensions.country,
    customer_dimensions.acquisition_channel
