-- Stage: noted_responses (working)
-- Grain: one row
-- Reads: campaign_response
-- Means: whether the shop notes openings and clicks at all. Where it notes them of nobody, nobody's number is 0: it is
--        not known.

select
    coalesce(max(campaigns_opened) > 0, false) as has_openings,
    coalesce(max(campaigns_clicked) > 0, false) as has_clicks
from campaign_response
