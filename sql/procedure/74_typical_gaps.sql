-- Stage: typical_gaps (working)
-- Grain: one row
-- Reads: customer_purchase_profile, settings
-- Means: the median of the customers' typical gaps between two days with an order, at the as-of and at the comparison
--        moment; the default where nobody has one.

select
    coalesce(
        percentile_cont(0.5) within group (order by typical_gap_days), max(default_gap_days)
    ) as median_gap_days,
    coalesce(
        percentile_cont(0.5) within group (order by comparison_typical_gap_days), max(default_gap_days)
    ) as comparison_median_gap_days
from (select default_gap_days::double precision as default_gap_days from settings) as limits
left join customer_purchase_profile on true
