-- Stage: churn_risk (working)
-- Grain: customer_id, moment
-- Reads: customer_purchase_profile, customer_engagement_profile, churn_limits
-- Means: the churn risk score with its parts, at the as-of and at the comparison moment, by one formula. Weights and
--        half points are those that told best who orders within 90 days, measured as metrics.toml says: how late for
--        one's own habit and how seldom of late, together, rank better than days since the last order; alone, neither
--        does in every shop. `offset 0` keeps what is computed once from being written into each column that uses
--        it: half of the time, and unlike a materialized expression computed in parallel.

with evidence as (
    select
        purchases.customer_id,
        moments.*
    from customer_purchase_profile as purchases
    inner join customer_engagement_profile as engagement on purchases.customer_id = engagement.customer_id
    cross join churn_limits
    cross join
        lateral (
            values
            (
                'as_of',
                purchases.recency_days,
                purchases.order_days,
                purchases.span_days,
                purchases.recent_order_days,
                churn_limits.median_gap_days,
                engagement.recent_ratings,
                engagement.recent_low_ratings,
                engagement.days_since_engaged
            ),
            (
                'comparison',
                purchases.comparison_recency_days,
                purchases.comparison_order_days,
                purchases.comparison_span_days,
                purchases.comparison_recent_order_days,
                churn_limits.comparison_median_gap_days,
                engagement.comparison_recent_ratings,
                engagement.comparison_recent_low_ratings,
                engagement.comparison_days_since_engaged
            )
        )
            as moments (
                moment,
                recency_days,
                order_days,
                span_days,
                recent_order_days,
                median_gap_days,
                recent_ratings,
                recent_low_ratings,
                days_since_engaged
            )
    where moments.moment = 'as_of' or purchases.comparison_orders > 0
),

-- A customer's own gaps, and as many gaps of the median length as the setting says: few orders lean on the others.
gaps as (
    select
        evidence.*,
        greatest(1, coalesce(
            (evidence.span_days + churn_limits.gap_shrinkage * evidence.median_gap_days)
            / nullif(evidence.order_days - 1 + churn_limits.gap_shrinkage, 0),
            evidence.median_gap_days
        )) as expected_gap_days
    from evidence
    cross join churn_limits
),

ratios as (
    select
        gaps.*,
        gaps.recency_days / gaps.expected_gap_days as recency_ratio
    from gaps
    offset 0 -- noqa: AM09
),

parts as (
    select
        ratios.*,
        100 * recency_ratio / (recency_ratio + recency_half) as recency_part,
        100 * frequency_half / (frequency_half + recent_order_days) as frequency_part,
        100 * recent_low_ratings::double precision / nullif(recent_ratings, 0) as service_part,
        100 * days_since_engaged / (days_since_engaged + engagement_half_days) as engagement_part
    from ratios
    cross join churn_limits
),

-- A part without data has no weight: a shop without tickets or web events still has a full scale of 0–100.
scores as (
    select
        parts.*,
        (
            recency_weight * recency_part
            + frequency_weight * frequency_part
            + coalesce(service_weight * service_part, 0)
            + coalesce(engagement_weight * engagement_part, 0)
        ) / nullif(
            recency_weight
            + frequency_weight
            + case when service_part is null then 0 else service_weight end
            + case when engagement_part is null then 0 else engagement_weight end,
            0
        ) as score
    from parts
    cross join churn_limits
    offset 0 -- noqa: AM09
)

select
    scores.customer_id,
    scores.moment,
    scores.expected_gap_days,
    scores.recency_ratio as churn_recency_ratio,
    scores.recency_part as churn_recency_part,
    scores.frequency_part as churn_frequency_part,
    scores.service_part as churn_service_part,
    scores.engagement_part as churn_engagement_part,
    scores.score as churn_risk_score,
    case
        when scores.score < churn_limits.medium_from then 'Low'
        when scores.score <= churn_limits.high_above then 'Medium'
        when scores.score > churn_limits.high_above then 'High'
    end as churn_band
from scores
cross join churn_limits
