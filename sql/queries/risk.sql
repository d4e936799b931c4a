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
    recent_ratings,
    recent_low_ratings,
    days_since_engaged,
    round(churn_recency_part::numeric, 1) as churn_recency_part,
    round(churn_service_part::numeric, 1) as churn_service_part,
    round(churn_engagement_part::numeric, 1) as churn_engagement_part,
    round(churn_risk_score::numeric, 1) as churn_risk_score,
    round(lifetime_value, 2) as lifetime_value
from :best_customers as best
order by best.lifetime_value desc nulls last, best.customer_id asc
limit :row_limit;
