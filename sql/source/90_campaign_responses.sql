create schema if not exists source;

create table if not exists source.campaign_responses (
    campaign_id text,
    customer_id text,
    sent_at timestamptz,
    opened_at timestamptz,
    clicked_at timestamptz,
    converted_at timestamptz,
    primary key (campaign_id, customer_id)
);

create index if not exists campaign_responses_of_customer
on source.campaign_responses (customer_id);

comment on table source.campaign_responses is
'One row per person a campaign was sent to, whether or not the person answered.';
comment on column source.campaign_responses.campaign_id is 'Key, part 1. The campaign.';
comment on column source.campaign_responses.customer_id is 'Key, part 2. Who received it.';
comment on column source.campaign_responses.sent_at is
'Moment it was sent; null for an answer without a known sending.';
comment on column source.campaign_responses.opened_at is 'First opening; null if none is known.';
comment on column source.campaign_responses.clicked_at is 'First click; null if none is known.';
comment on column source.campaign_responses.converted_at is
'First conversion (order, redemption …) the shop ascribes to it; null if none.';
