-- Stage: campaign_response (working)
-- Grain: customer_id
-- Reads: c360_in.campaign_responses, settings
-- Means: which campaigns reached a customer and what came of them.

select
    campaign_responses.customer_id,
    count(*) as campaigns_received,
    count(campaign_responses.opened_at) as campaigns_opened,
    count(campaign_responses.clicked_at) as campaigns_clicked,
    count(campaign_responses.converted_at) as campaigns_converted,
    max(greatest(opened_at, clicked_at, converted_at)) as last_campaign_response_at,
    max(greatest(
        case when opened_at <= comparison_as_of then opened_at end,
        case when clicked_at <= comparison_as_of then clicked_at end,
        case when converted_at <= comparison_as_of then converted_at end
    )) as comparison_last_campaign_response_at
from c360_in.campaign_responses
cross join settings
group by campaign_responses.customer_id
