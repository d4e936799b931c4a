create schema if not exists source;

create table if not exists source.campaigns (
    campaign_id text primary key,
    name text,
    channel text,
    started_at timestamptz,
    ended_at timestamptz,
    cost numeric
);

comment on table source.campaigns is 'One row per campaign.';
comment on column source.campaigns.campaign_id is 'Key.';
comment on column source.campaigns.name is 'Name as shown.';
comment on column source.campaigns.channel is 'E-mail, post, coupon …, in the shop''s own words.';
comment on column source.campaigns.started_at is 'First moment of the campaign.';
comment on column source.campaigns.ended_at is 'Last moment; null while it runs.';
comment on column source.campaigns.cost is 'What it cost, in the deployment''s currency; null if unknown.';
