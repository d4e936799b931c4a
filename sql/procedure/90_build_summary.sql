-- Stage: build_summary (working)
-- Grain: one row
-- Reads: customer_360
-- Means: the few numbers that later builds are compared with, and the latest moment that a customer was heard of. A
--        stage, for only a statement that makes a table is computed in parallel; drift_checks and the run log read it.

select
    count(*) as customers,
    coalesce(sum(lifetime_value), 0) as lifetime_value,
    coalesce(avg((value_segment = 'High')::integer), 0) as high_share,
    coalesce(avg((value_segment = 'Medium')::integer), 0) as medium_share,
    coalesce(avg((value_segment = 'Low')::integer), 0) as low_share,
    max(greatest(last_order_at, last_ticket_at, last_visit_at, last_campaign_response_at)) as data_to
from customer_360
