-- Stage: campaign_results
-- Grain: campaign_id
-- Reads: c360_in.campaigns, counted_responses, noted_responses, settings
-- Means: what came of each campaign that had begun by as-of, or reached somebody: how many customers were sent it,
--        opened it, clicked it and converted. What a shop notes of nobody, opening or clicking, is null. An end that
--        lies after as-of is not known yet.

with responses as (
    select
        campaign_id,
        count(*) as sent,
        count(opened_at) as opened,
        count(clicked_at) as clicked,
        count(converted_at) as converted
    from counted_responses
    group by campaign_id
)

select
    campaigns.campaign_id,
    campaigns.name,
    campaigns.channel,
    campaigns.started_at,
    case when campaigns.ended_at <= settings.as_of then campaigns.ended_at end as ended_at,
    campaigns.cost,
    coalesce(responses.sent, 0) as sent,
    case when noted_responses.has_openings then coalesce(responses.opened, 0) end as opened,
    case when noted_responses.has_clicks then coalesce(responses.clicked, 0) end as clicked,
    coalesce(responses.converted, 0) as converted
from c360_in.campaigns
cross join settings
cross join noted_responses
left join responses on campaigns.campaign_id = responses.campaign_id
where campaigns.started_at <= settings.as_of or responses.sent > 0
