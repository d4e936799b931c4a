-- Stage: forecast_pairs (working)
-- Grain: repeat_days, observed_days
-- Reads: purchase_statistics, settings
-- Means: the repeat days and days seen that occur: the purchase model needs no more to say what an active customer will
--        order. A table of its own, so that forecast_horizons goes through it in parallel.

select distinct
    order_days - 1 as repeat_days,
    as_of::date - first_order_at::date as observed_days
from purchase_statistics
cross join settings
