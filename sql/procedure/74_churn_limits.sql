-- Stage: churn_limits (working)
-- Grain: one row
-- Reads: customer_purchase_profile, settings
-- Means: what the churn risk score measures by: the median of the customers' typical gaps between two days with an
--        order, at the as-of and at the comparison moment (the default where nobody has one), and the settings, made
--        floating once: a numeric turned into one for every customer cost more than the score itself.

with gaps as (
    select
        coalesce(
            percentile_cont(0.5) within group (order by typical_gap_days), max(default_gap_days)
        ) as median_gap_days,
        coalesce(
            percentile_cont(0.5) within group (order by comparison_typical_gap_days), max(default_gap_days)
        ) as comparison_median_gap_days
    from (select default_gap_days::double precision as default_gap_days from settings) as limits
    left join customer_purchase_profile on true
)

select
    gaps.median_gap_days,
    gaps.comparison_median_gap_days,
    settings.gap_shrinkage::double precision as gap_shrinkage,
    settings.churn_recency_half::double precision as recency_half,
    settings.churn_frequency_half::double precision as frequency_half,
    settings.churn_engagement_half_days::double precision as engagement_half_days,
    settings.churn_weight_recency::double precision as recency_weight,
    settings.churn_weight_frequency::double precision as frequency_weight,
    settings.churn_weight_service::double precision as service_weight,
    settings.churn_weight_engagement::double precision as engagement_weight,
    settings.churn_medium_from::double precision as medium_from,
    settings.churn_high_above::double precision as high_above
from gaps
cross join settings
