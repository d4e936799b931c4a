-- Stage: forecast_horizons (working)
-- Grain: repeat_days, observed_days
-- Reads: purchase_statistics, forecast_model, settings
-- Means: on how many days an active customer is expected to order. The purchase model needs no more than repeat days
--        and days seen, so each pair is computed once. Discounted: what is expected within a year counts as in its
--        middle.

with groups as (
    select distinct
        order_days - 1 as repeat_days,
        as_of::date - first_order_at::date as observed_days
    from purchase_statistics
    cross join settings
),

-- What is expected up to the end of year k, less up to the end of year k − 1, counts v(k): so the former counts
-- v(k) − v(k + 1), the last year v(k).
horizons as (
    select
        90 as days,
        0 as weight
    union all
    select
        365 * year,
        (1 + forecast_discount_rate) ^ (0.5 - year)
        - case when year < forecast_years then (1 + forecast_discount_rate) ^ (-0.5 - year) else 0 end
    from settings
    cross join lateral generate_series(1, forecast_years) as year
),

expected as (
    select
        groups.repeat_days,
        groups.observed_days,
        horizons.days,
        horizons.weight::double precision as weight,
        c360.expected_order_days(
            r + groups.repeat_days,
            alpha + groups.observed_days,
            a,
            b + groups.repeat_days + chances_at_first,
            horizons.days
        ) as order_days
    from groups
    cross join horizons
    cross join forecast_model
    where r is not null
)

select
    repeat_days,
    observed_days,
    max(order_days) filter (where days = 90) as within_90_days,
    max(order_days) filter (where days = 365) as within_365_days,
    sum(order_days * weight order by days) as discounted
from expected
group by repeat_days, observed_days
