-- Stage: cohorts
-- Grain: cohort_month, months_after, country, acquisition_channel
-- Reads: customer_months, customer_dimensions
-- Means: of the customers whose first order lies in the cohort month, how many ordered in the k-th month after.
--        Filtered by what was known at the start only: a cohort of Champions would be chosen by its own outcome.
-- Incremental: added: customers
-- Anew: c360.is_complete((cohort_month + make_interval(months => months_after))::date) as is_complete

with active_months as (
    select
        customer_dimensions.country,
        customer_dimensions.acquisition_channel,
        date_trunc('month', customer_dimensions.first_order_at)::date as cohort_month,
        customer_months.month
    from customer_months
    inner join customer_dimensions on customer_months.customer_id = customer_dimensions.customer_id
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
    c360.is_complete(active_months.month) as is_complete,
    count(*) as customers
from active_months
group by
    active_months.cohort_month,
    active_months.month,
    active_months.country,
    active_months.acquisition_channel
