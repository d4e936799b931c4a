-- Stage: web_behaviour (kept)
-- Grain: customer_id
-- Reads: c360_in.web_events, moments
-- Means: what a customer did on the web. A session is recent when one of its events is. A moment that is looked up, not
--        joined, costs an event nothing.
-- Incremental: by customer
-- Split: c360_in.web_events

select
    customer_id,
    count(distinct session_id) as web_sessions,
    count(distinct session_id)
    filter (where occurred_at > (select engagement_from from moments)) as recent_web_sessions,
    count(*) as web_events,
    count(*) filter (where event_type = 'view') as product_views,
    count(*) filter (where event_type = 'cart') as cart_additions,
    count(*) filter (where event_type = 'purchase') as web_purchases,
    max(occurred_at) as last_visit_at,
    max(occurred_at) filter (where occurred_at <= (select comparison_as_of from moments)) as comparison_last_visit_at
from c360_in.web_events
group by customer_id
