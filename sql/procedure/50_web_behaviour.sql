-- Stage: web_behaviour (working)
-- Grain: customer_id
-- Reads: c360_in.web_events, settings
-- Means: what a customer did on the web. Sessions are folded first, so that no distinct count runs over all events.

with sessions as (
    select
        customer_id,
        session_id,
        count(*) as web_events,
        count(*) filter (where event_type = 'view') as product_views,
        count(*) filter (where event_type = 'cart') as cart_additions,
        count(*) filter (where event_type = 'purchase') as web_purchases,
        max(occurred_at) as last_visit_at,
        max(occurred_at) filter (where occurred_at <= comparison_as_of) as comparison_last_visit_at
    from c360_in.web_events
    cross join settings
    group by customer_id, session_id
)

select
    sessions.customer_id,
    count(sessions.session_id) as web_sessions,
    count(sessions.session_id) filter (
        where sessions.last_visit_at > settings.as_of - make_interval(days => settings.engagement_window_days::integer)
    ) as recent_web_sessions,
    sum(sessions.web_events)::bigint as web_events,
    sum(sessions.product_views)::bigint as product_views,
    sum(sessions.cart_additions)::bigint as cart_additions,
    sum(sessions.web_purchases)::bigint as web_purchases,
    max(sessions.last_visit_at) as last_visit_at,
    max(sessions.comparison_last_visit_at) as comparison_last_visit_at
from sessions
cross join settings
group by sessions.customer_id
