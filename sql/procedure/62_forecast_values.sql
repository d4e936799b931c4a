-- Stage: forecast_values (working)
-- Grain: order_days, mean_value
-- Reads: purchase_statistics, settings
-- Means: what the value model is fitted on: mean net sales of the days with an order, of customers with more than zero
--        (the model knows no others). Written in order, because sums of doubles depend on it.

with share as (
    select max(forecast_fit_customers)::double precision / nullif(count(*), 0) as fitted_share
    from settings
    cross join purchase_statistics
)

select
    order_days::double precision as order_days,
    (lifetime_value / order_days)::double precision as mean_value
from purchase_statistics
cross join share
where lifetime_value > 0 and c360.is_fitted_on(customer_id::text, fitted_share)
order by 1, 2
