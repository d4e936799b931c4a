-- Stage: campaign_response (kept)
-- Grain: customer_id
-- Reads: counted_responses, moments
-- Means: which campaigns reached a customer and what came of them.
-- Incremental: by customer

select
    customer_id,
    count(*) as campaigns_received,
    count(opened_at) as campaigns_opened,
    count(clicked_at) as campaigns_clicked,
    count(converted_at) as campaigns_converted,
    max(greatest(opened_at, clicked_at, converted_at)) as last_campaign_response_at,
    max(greatest(
        case when opened_at <= comparison_as_of then opened_at end,
        case when clicked_at <= comparison_as_of then clicked_at end,
        case when converted_at <= comparison_as_of then converted_at end
    )) as comparison_last_campaign_response_at
from counted_responses
cross join moments
group by customer_id
