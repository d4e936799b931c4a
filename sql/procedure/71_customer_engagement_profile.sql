-- Stage: customer_engagement_profile
-- Grain: customer_id
-- Reads: basic_information, service, web_behaviour, campaign_response, noted_responses, settings
-- Means: how a customer deals with the shop besides buying; a part without rows is null, which is not 0.

with parts as (
    select
        basic_information.customer_id,
        service.tickets,
        service.open_tickets,
        service.last_ticket_at,
        service.ratings,
        service.satisfied_ratings,
        service.rating_sum,
        service.ratings_1,
        service.ratings_2,
        service.ratings_3,
        service.ratings_4,
        service.ratings_5,
        service.rating_sum::double precision / nullif(service.ratings, 0) as satisfaction_mean,
        service.recent_ratings,
        service.recent_low_ratings,
        service.resolution_hours,
        web_behaviour.web_sessions,
        web_behaviour.recent_web_sessions,
        web_behaviour.web_events,
        web_behaviour.product_views,
        web_behaviour.cart_additions,
        web_behaviour.web_purchases,
        web_behaviour.last_visit_at,
        campaign_response.campaigns_received,
        case when noted_responses.has_openings then campaign_response.campaigns_opened end as campaigns_opened,
        case when noted_responses.has_clicks then campaign_response.campaigns_clicked end as campaigns_clicked,
        campaign_response.campaigns_converted,
        campaign_response.campaigns_converted::double precision
        / campaign_response.campaigns_received as campaign_conversion_rate,
        campaign_response.last_campaign_response_at,
        greatest(web_behaviour.last_visit_at, campaign_response.last_campaign_response_at) as last_engaged_at,
        service.comparison_tickets,
        service.comparison_ratings,
        service.comparison_satisfied_ratings,
        service.comparison_rating_sum,
        service.comparison_recent_ratings,
        service.comparison_recent_low_ratings,
        greatest(
            web_behaviour.comparison_last_visit_at, campaign_response.comparison_last_campaign_response_at
        ) as comparison_last_engaged_at
    from basic_information
    cross join noted_responses
    left join service on basic_information.customer_id = service.customer_id
    left join web_behaviour on basic_information.customer_id = web_behaviour.customer_id
    left join campaign_response on basic_information.customer_id = campaign_response.customer_id
)

select
    parts.*,
    settings.as_of::date - parts.last_engaged_at::date as days_since_engaged,
    settings.comparison_as_of::date - parts.comparison_last_engaged_at::date as comparison_days_since_engaged
from parts
cross join settings
