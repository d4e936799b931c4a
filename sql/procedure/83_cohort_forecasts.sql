-- Stage: cohort_forecasts
-- Grain: cohort_month, country, acquisition_channel
-- Reads: customer_360
-- Means: what the forecast says of the customers whose first order lies in the cohort month, added up; null where there
--        is none. Rounded for each customer, for sums of doubles depend on their order. Filtered as cohorts are.

select
    date_trunc('month', first_order_at)::date as cohort_month,
    country,
    acquisition_channel,
    count(*) as customers,
    sum(round(probability_active::numeric, 4)) as expected_active_customers,
    sum(round(expected_orders_90_days::numeric, 4)) as expected_order_days,
    sum(round(expected_sales_90_days::numeric, 4)) as expected_net_sales
from customer_360
where first_order_at is not null
group by
    date_trunc('month', first_order_at)::date,
    country,
    acquisition_channel
