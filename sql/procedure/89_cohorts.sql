-- Stage: cohorts
-- Grain: cohort_month, months_after, country, acquisition_channel
-- Reads: customer_months, customer_360, settings
-- Means: of the customers whose first order lies in the cohort month, how many ordered in the k-th month after.
--        Filtered by what was known at the start only: a cohort of Champions would be chosen by its own outcome.

with active_months as (
    select
        customer_360.customer_id,
        customer_360.country,
        customer_360.acquisition_channel,
        date_trunc('month', customer_360.first_order_at)::date as cohort_month,
        customer_months.month
    from customer_months
    inner join customer_360 on customer_months.customer_id = customer_360.customer_id
    where customer_months.orders > 0
)

select
    active_months.cohort_month,
    (
        12 * (extract(year from active_months.month) - extract(year from active_months.cohort_month))
        + extract(month from active_months.month) - extract(month from active_months.cohort_month))::integer
        as months_after,
    active_months.country,
    active_months.acquisition_channel,
    active_months.month + interval '1 month' <= settings.as_of + interval '1 second' as is_complete,
    count(*) as customers
from active_months
cross join settings
group by
    active_months.cohort_month,
    active_months.month,
    active_months.country,
    active_months.acquisition_channel,
    settings.as_of
