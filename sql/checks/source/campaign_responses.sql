-- Check: campaign_responses: which count.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (where customers.customer_id is null) as unknown_customer,
        count(*) filter (where campaign_responses.sent_at > now()) as after_now,
        count(*) filter (where campaign_responses.sent_at is null) as no_time,
        count(*) filter (where campaigns.campaign_id is null) as unknown_campaign,
        count(*) filter (
            where
            least(campaign_responses.opened_at, campaign_responses.clicked_at, campaign_responses.converted_at)
            < campaign_responses.sent_at
        ) as answered_early
    from source.campaign_responses
    left join source.customers on campaign_responses.customer_id = customers.customer_id
    left join source.campaigns on campaign_responses.campaign_id = campaigns.campaign_id
)

select
    finding.finding,
    finding.treatment,
    finding.rows,
    counted.of_rows,
    finding.sentence
from counted
cross join lateral (
    values
    ('unknown customer', 'exclude', counted.unknown_customer, 'name a customer who is not among the customers'),
    ('after now', 'exclude', counted.after_now, 'were sent in the future; a build leaves out what is after its as-of'),
    ('no time', 'keep', counted.no_time, 'have no sent_at; they count as received'),
    ('unknown campaign', 'keep', counted.unknown_campaign, 'name a campaign that is not among the campaigns'),
    ('answered before sent', 'keep', counted.answered_early, 'were opened, clicked or converted before they were sent')
) as finding (finding, treatment, rows, sentence)
