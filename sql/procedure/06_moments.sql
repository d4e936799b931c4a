-- Stage: moments (kept)
-- Grain: one row
-- Reads: settings
-- Means: the moments that this build counts from. As they move on, rows come into view and windows slide; the next
--        incremental run compares its moments with these to find whose rows that touches.

select
    as_of,
    comparison_as_of,
    as_of - make_interval(months => retention_window_months::integer) as current_from,
    as_of - make_interval(months => 2 * retention_window_months::integer) as previous_from,
    comparison_as_of - make_interval(months => retention_window_months::integer) as comparison_current_from,
    comparison_as_of - make_interval(months => 2 * retention_window_months::integer) as comparison_previous_from,
    as_of - make_interval(days => churn_frequency_window_days::integer) as frequency_from,
    comparison_as_of - make_interval(days => churn_frequency_window_days::integer) as comparison_frequency_from,
    as_of - make_interval(days => service_window_days::integer) as service_from,
    comparison_as_of - make_interval(days => service_window_days::integer) as comparison_service_from,
    as_of - make_interval(days => engagement_window_days::integer) as engagement_from
from settings
