-- Stage: forecast_model
-- Grain: one row
-- Reads: forecast_groups, forecast_values, purchase_statistics, settings
-- Means: the parameters of the forecast, fitted anew in each build, or why there are none: r, alpha (days), a, b of the
--        purchase model; p, q, gamma (money) of the value model; see 03_purchase_model and 03_value_likelihood.

with counted as (
    select
        count(*) as customers,
        count(*) filter (where order_days >= 3) as regular_customers,
        max(as_of)::date - min(first_order_at)::date as history_days
    from purchase_statistics
    cross join settings
),

judged as (
    select
        counted.*,
        case
            when customers < forecast_minimum_customers
                then format(
                    '%s of the %s customers with an order that a forecast needs.', customers, forecast_minimum_customers
                )
            when history_days < forecast_minimum_days
                then format('%s of the %s days of orders that a forecast needs.', history_days, forecast_minimum_days)
            when regular_customers < forecast_minimum_regulars
                then format(
                    '%s of the %s customers with three order days that a forecast needs.',
                    regular_customers,
                    forecast_minimum_regulars
                )
        end as too_little,
        (forecast_model = 'MBG/NBD')::integer as chances_at_first
    from counted
    cross join settings
)

select
    judged.customers,
    judged.regular_customers,
    judged.history_days,
    judged.chances_at_first,
    (select sum(customers)::bigint from forecast_groups) as fitted_customers,
    purchases.r,
    purchases.alpha,
    purchases.a,
    purchases.b,
    purchases.log_likelihood as purchase_log_likelihood,
    purchases.steps as purchase_steps,
    purchases.reason as purchase_reason,
    valued.p,
    valued.q,
    valued.gamma,
    valued.log_likelihood as value_log_likelihood,
    valued.steps as value_steps,
    valued.reason as value_reason
from judged
cross join lateral c360.fit_purchases(judged.too_little, judged.chances_at_first) as purchases
cross join lateral c360.fit_values(purchases.reason) as valued
