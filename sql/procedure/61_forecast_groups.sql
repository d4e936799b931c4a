-- Stage: forecast_groups (working)
-- Grain: repeat_days, span_days, observed_days
-- Reads: purchase_statistics, settings
-- Means: what the purchase model is fitted on (the papers' x, t_x, T, in days): how many customers ordered on that many
--        days after the first, the last that many days after it, and were seen that long. Customers alike in all
--        three are one row. Written in order, because sums of doubles depend on it.

with share as (
    select max(forecast_fit_customers)::double precision / nullif(count(*), 0) as fitted_share
    from settings
    cross join purchase_statistics
)

select
    (order_days - 1)::double precision as repeat_days,
    span_days::double precision as span_days,
    (as_of::date - first_order_at::date)::double precision as observed_days,
    count(*)::double precision as customers
from purchase_statistics
cross join settings
cross join share
where c360.is_fitted_on(customer_id::text, fitted_share)
group by 1, 2, 3
order by 1, 2, 3
