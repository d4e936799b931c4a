-- Stage: forecast_horizons (working)
-- Grain: repeat_days, observed_days, days
-- Reads: forecast_pairs, forecast_model, settings
-- Means: on how many days an active customer is expected to order, within 90 days and within each year of the forecast.
--        The weight is that of the sum of years: what is expected within one counts as in its middle. Not grouped by
--        pairs here, for then one process would compute all of them.

-- What is expected up to the end of year k, less up to the end of year k − 1, counts v(k): so the former counts
-- v(k) − v(k + 1), the last year v(k).
with horizons as (
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
)

select
    pairs.repeat_days,
    pairs.observed_days,
    horizons.days,
    horizons.weight::double precision as weight,
    c360.expected_order_days(
        r + pairs.repeat_days,
        alpha + pairs.observed_days,
        a,
        b + pairs.repeat_days + chances_at_first,
        horizons.days
    ) as order_days
from forecast_pairs as pairs
cross join horizons
cross join forecast_model
where r is not null
