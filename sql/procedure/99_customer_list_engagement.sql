-- Stage: customer_list_engagement
-- Grain: customer_id
-- Reads: customer_360
-- Means: service, visits and campaigns, for lists that are sorted by them; see customer_list.

select
    customer_id,
    c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell,
    tickets,
    open_tickets,
    last_ticket_at,
    ratings,
    satisfied_ratings,
    satisfaction_mean,
    recent_ratings,
    recent_low_ratings,
    resolution_hours,
    web_sessions,
    recent_web_sessions,
    web_events,
    product_views,
    cart_additions,
    web_purchases,
    last_visit_at,
    campaigns_received,
    campaigns_opened,
    campaigns_clicked,
    campaigns_converted,
    campaign_conversion_rate,
    last_campaign_response_at,
    last_engaged_at,
    days_since_engaged
from customer_360
