-- Stage: customer_forecast (working)
-- Grain: customer_id
-- Reads: purchase_statistics, forecast_model, forecast_horizons, settings
-- Means: what a customer with an order will probably do: active or not, days with an order, net sales; or why nothing
--        is said. What a day is worth is the mean of Fader & Hardie 2013, eq. 5: the customer's own mean, drawn to that
--        of all, the more so the fewer days it rests on. A mean below zero (more returned than bought) counts as zero.

with seen as (
    select
        customer_id,
        order_days,
        order_days - 1 as repeat_days,
        span_days,
        as_of::date - first_order_at::date as observed_days,
        greatest(0, lifetime_value::double precision) as sales
    from purchase_statistics
    cross join settings
),

expected as (
    select
        repeat_days,
        observed_days,
        max(order_days) filter (where days = 90) as within_90_days,
        max(order_days) filter (where days = 365) as within_365_days,
        sum(order_days * weight order by days) as discounted
    from forecast_horizons
    group by repeat_days, observed_days
),

-- `offset 0`, or the planner would write the probability into each of the six columns that hold it.
judged as (
    select
        seen.customer_id,
        expected.within_90_days,
        expected.within_365_days,
        expected.discounted,
        c360.probability_active(
            r, alpha, a, b, seen.repeat_days, seen.repeat_days + chances_at_first, seen.span_days, seen.observed_days
        ) as probability_active,
        p * (gamma + seen.sales) / (p * seen.order_days + q - 1) as value_per_day,
        coalesce(purchase_reason, value_reason) as forecast_reason
    from seen
    cross join forecast_model
    left join expected on seen.repeat_days = expected.repeat_days and seen.observed_days = expected.observed_days
    offset 0 -- noqa: AM09
)

select
    customer_id,
    probability_active,
    probability_active * within_90_days as expected_orders_90_days,
    probability_active * within_365_days as expected_orders_365_days,
    probability_active * within_90_days * value_per_day as expected_sales_90_days,
    probability_active * within_365_days * value_per_day as expected_sales_365_days,
    probability_active * discounted * value_per_day as predicted_lifetime_value,
    forecast_reason
from judged
