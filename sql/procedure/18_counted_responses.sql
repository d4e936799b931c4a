-- Stage: counted_responses (kept)
-- Grain: customer_id, campaign_id
-- Reads: c360_in.campaign_responses, basic_information
-- Means: whom each campaign was sent to, and what was known at as-of of the answer.
-- Index: customer_id
-- Incremental: by customer

select campaign_responses.*
from c360_in.campaign_responses
inner join basic_information on campaign_responses.customer_id = basic_information.customer_id
