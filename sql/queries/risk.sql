-- The questions of the risk page. Money in the currency of the build.

-- name: value_risk
-- parameters: segments, bands
-- Customers with an order and their lifetime value by value segment and churn band, in the order of the names.
select
    value_segment,
    churn_band,
    sum(customers)::bigint as customers,
    round(sum(lifetime_value), 2) as lifetime_value
from customer_cells
where moment = 'as_of' and churn_band is not null and :filter_condition
group by value_segment, churn_band
order by
    array_position(cast(:segments as text[]), value_segment),
    array_position(cast(:bands as text[]), churn_band);

-- name: expected_value
-- parameters: segments
-- What customers with an order were worth so far and are predicted to be, by value segment, in the order of the names;
-- predictions are null, and the reason is not, in a build without a forecast.
select
    customer_cells.value_segment,
    sum(customer_cells.customers)::bigint as customers,
    round(sum(customer_cells.lifetime_value), 2) as lifetime_value,
    sum(customer_cells.predicted_value) as predicted_value,
    sum(customer_cells.predicted_value_at_risk) as predicted_value_at_risk,
    coalesce(max(forecast_model.purchase_reason), max(forecast_model.value_reason)) as forecast_reason
from customer_cells
cross join forecast_model
where customer_cells.moment = 'as_of' and customer_cells.churn_band is not null and :filter_condition
group by customer_cells.value_segment
order by array_position(cast(:segments as text[]), customer_cells.value_segment);

-- name: customers_to_call
-- parameters: row_limit
-- The customers of the filters, worth most first, with what their churn risk score was made from.
select
    customer_id::text as customer_id,
    first_name,
    last_name,
    country,
    value_segment,
    rfm_segment,
    orders,
    order_days,
    recency_days,
    typical_gap_days,
    recent_order_days,
    recent_ratings,
    recent_low_ratings,
    days_since_engaged,
    round(churn_recency_part::numeric, 1) as churn_recency_part,
    round(churn_frequency_part::numeric, 1) as churn_frequency_part,
    round(churn_service_part::numeric, 1) as churn_service_part,
    round(churn_engagement_part::numeric, 1) as churn_engagement_part,
    round(churn_risk_score::numeric, 1) as churn_risk_score,
    round(lifetime_value, 2) as lifetime_value
from :best_customers as best
order by best.lifetime_value desc nulls last, best.customer_id asc
limit :row_limit;
