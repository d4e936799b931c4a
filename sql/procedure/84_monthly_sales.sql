-- Stage: monthly_sales
-- Grain: month, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_months, customer_360, settings
-- Means: sales per month; customers are additive because each lies in one cell. Complete: the month ended by as-of.

select
    customer_months.month,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    customer_months.month + interval '1 month' <= settings.as_of + interval '1 second' as is_complete,
    sum(customer_months.orders)::bigint as orders,
    count(*) filter (where customer_months.orders > 0) as customers,
    count(*) filter (
        where customer_months.month = date_trunc('month', customer_360.first_order_at)::date
    ) as new_customers,
    sum(customer_months.units) as units,
    sum(customer_months.gross_sales) as gross_sales,
    sum(customer_months.discounts) as discounts,
    sum(customer_months.returned_amount) as returned_amount,
    sum(customer_months.gross_sales - customer_months.discounts - customer_months.returned_amount) as net_sales
from customer_months
inner join customer_360 on customer_months.customer_id = customer_360.customer_id
cross join settings
group by
    customer_months.month,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    settings.as_of
