-- A build made by hand, number 1: seven people whose numbers can be added up in the head. Every person is a cell of
-- their own, which sums to the same as fewer cells would. As-of is the last day of March 2026, the comparison 30 days
-- before; CSAT needs 3 ratings.

create schema c360_b1;

create table c360_b1.settings as
select
    timestamptz '2026-03-31 23:00:00+02' as as_of,
    timestamptz '2026-03-01 23:00:00+02' as comparison_as_of,
    'SEK' as currency,
    'Europe/Berlin' as timezone,
    365 as active_days,
    30 as comparison_days,
    3 as csat_minimum_n;

create table c360_b1.customer_360 (
    customer_id bigint primary key,
    first_name text,
    last_name text,
    country text,
    acquisition_channel text,
    value_segment text,
    rfm_segment text,
    churn_band text,
    orders bigint,
    last_order_at timestamptz,
    lifetime_value numeric,
    recency_score integer,
    frequency_score integer,
    monetary_score integer
);

-- Eva and Felix are worth the same; Eva lives nowhere, Dario and Gül came by no known channel, Gül never ordered.
insert into c360_b1.customer_360 values
(1, 'Anna', 'Berg', 'Germany', 'Organic', 'High', 'Champions', 'Low', 6, '2026-03-20 23:30:00+00', 900.00, 5, 5, 5),
(2, 'Ben', 'Cohen', 'Germany', 'Paid', 'High', 'Loyal', 'Medium', 5, '2026-01-10 12:00:00+00', 700.50, 4, 4, 5),
(3, 'Clara', 'Diaz', 'France', 'Organic', 'Medium', 'Potential Loyalists', 'Low', 2, '2026-03-01 12:00+00', 200.25, 4, 2, 4),
(4, 'Dario', 'Esposito', 'Italy', null, 'Low', 'New', 'Low', 1, '2026-03-30 12:00:00+00', 50.00, 5, 1, 2),
(5, 'Eva', 'Fischer', null, 'Paid', 'Low', 'Hibernating', 'High', 1, '2024-05-05 12:00:00+00', 40.00, 1, 1, 1),
(6, 'Felix', 'Gruber', 'Germany', 'Organic', 'Low', 'At Risk', 'High', 3, '2024-08-08 12:00:00+00', 40.00, 1, 3, 1),
(7, 'Gül', 'Hassan', 'France', null, 'Prospect', 'Prospect', null, null, null, null, null, null, null);

create table c360_b1.linked_customers (customer_id bigint, person_id bigint);

create table c360_b1.customer_cells as
with people (
    customer_id, moment, active_customers, retained_customers, retainable_customers,
    ratings, satisfied_ratings, rating_sum, orders, lifetime_value
) as (
    values
    (1, 'as_of', 1, 1, 1, 1, 1, 5, 6, 900.00),
    (2, 'as_of', 1, 1, 1, 2, 1, 5, 5, 700.50),
    (3, 'as_of', 1, 0, 0, 0, 0, 0, 2, 200.25),
    (4, 'as_of', 1, 0, 0, 0, 0, 0, 1, 50.00),
    (5, 'as_of', 0, 0, 0, 1, 0, 2, 1, 40.00),
    (6, 'as_of', 0, 0, 1, 0, 0, 0, 3, 40.00),
    (7, 'as_of', 0, 0, 0, 0, 0, 0, 0, 0.00),
    (1, 'comparison', 1, 1, 1, 1, 1, 5, 5, 800.00),
    (2, 'comparison', 1, 1, 1, 1, 0, 1, 5, 700.50),
    (3, 'comparison', 1, 0, 0, 0, 0, 0, 1, 99.50),
    (5, 'comparison', 0, 0, 1, 0, 0, 0, 1, 40.00),
    (6, 'comparison', 0, 0, 1, 0, 0, 0, 3, 40.00),
    (7, 'comparison', 0, 0, 0, 0, 0, 0, 0, 0.00)
)

select
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    people.moment,
    1::bigint as customers,
    people.active_customers::bigint as active_customers,
    (people.orders >= 1)::integer::bigint as buyers,
    (people.orders >= 2)::integer::bigint as repeat_buyers,
    people.orders::bigint as orders,
    people.lifetime_value,
    people.retained_customers::bigint as retained_customers,
    people.retainable_customers::bigint as retainable_customers,
    people.ratings::bigint as ratings,
    people.satisfied_ratings::bigint as satisfied_ratings,
    people.rating_sum::numeric as rating_sum,
    case when customer_360.churn_band = 'High' then people.lifetime_value else 0 end as value_at_risk,
    case when people.moment = 'as_of' then customer_360.lifetime_value end as highest_lifetime_value
from people
inner join c360_b1.customer_360 on people.customer_id = customer_360.customer_id;

create table c360_b1.rfm_cells as
select
    recency_score,
    frequency_score,
    monetary_score,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    1::bigint as customers,
    lifetime_value,
    orders
from c360_b1.customer_360
where recency_score is not null;

-- Nobody bought in February; a return makes Ben's March negative.
create table c360_b1.monthly_sales as
with sales (customer_id, month, is_complete, orders, customers, new_customers, net_sales) as (
    values
    (1, date '2026-01-01', true, 2, 1, 0, 300.00),
    (2, date '2026-01-01', true, 1, 1, 1, 120.50),
    (1, date '2026-03-01', false, 1, 1, 0, 100.00),
    (2, date '2026-03-01', false, 0, 0, 0, -20.25),
    (4, date '2026-03-01', false, 1, 1, 1, 50.00)
)

select
    sales.month,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sales.is_complete,
    sales.orders::bigint as orders,
    sales.customers::bigint as customers,
    sales.new_customers::bigint as new_customers,
    sales.net_sales
from sales
inner join c360_b1.customer_360 on sales.customer_id = customer_360.customer_id;

create table c360_b1.category_sales as
with sales (customer_id, category, units, orders, net_sales) as (
    values
    (1, 'Tea', 3, 2, 60.00),
    (2, 'Tea', 1, 1, 20.00),
    (2, 'Coffee', 5, 3, 200.00),
    (4, null, 2, 1, 50.00)
)

select
    sales.category,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sales.units::numeric as units,
    sales.orders::bigint as orders,
    1::bigint as customers,
    sales.net_sales
from sales
inner join c360_b1.customer_360 on sales.customer_id = customer_360.customer_id;

create table c360_b1.satisfaction as
with scores (customer_id, score) as (
    values (1, 5), (2, 1), (2, 4), (5, 2)
)

select
    scores.score,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    1::bigint as ratings,
    1::bigint as customers
from scores
inner join c360_b1.customer_360 on scores.customer_id = customer_360.customer_id;

-- Anna and Ben order on the web, Anna once in the shop, Dario nobody knows how.
create table c360_b1.channel_sales as
select
    sales.month,
    sales.channel,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sales.is_complete,
    sales.orders::bigint as orders,
    1::bigint as customers
from (
    values
    (1, date '2026-01-01', 'web', true, 2),
    (2, date '2026-01-01', 'web', true, 1),
    (1, date '2026-03-01', 'shop', false, 1),
    (4, date '2026-03-01', null, false, 1)
) as sales (customer_id, month, channel, is_complete, orders)
inner join c360_b1.customer_360 on sales.customer_id = customer_360.customer_id;

-- First orders: Anna and Ben in January, Dario in March. Anna ordered in all three months, Ben in his first only.
create table c360_b1.cohorts as
select
    cohorts.cohort_month,
    cohorts.months_after,
    cohorts.country,
    cohorts.acquisition_channel,
    cohorts.is_complete,
    cohorts.customers::bigint as customers
from (
    values
    (date '2026-01-01', 0, 'Germany', 'Organic', true, 1),
    (date '2026-01-01', 0, 'Germany', 'Paid', true, 1),
    (date '2026-01-01', 1, 'Germany', 'Organic', true, 1),
    (date '2026-01-01', 2, 'Germany', 'Organic', false, 1),
    (date '2026-03-01', 0, 'Italy', null, false, 1)
) as cohorts (cohort_month, months_after, country, acquisition_channel, is_complete, customers);

-- The letter has no date and no name; the winter sale still runs.
create table c360_b1.campaign_results as
select
    campaigns.campaign_id,
    campaigns.name,
    campaigns.channel,
    campaigns.started_at::timestamptz as started_at,
    campaigns.ended_at::timestamptz as ended_at,
    campaigns.cost::numeric as cost,
    campaigns.sent::bigint as sent,
    campaigns.opened::bigint as opened,
    campaigns.clicked::bigint as clicked,
    campaigns.converted::bigint as converted
from (
    values
    (11, 'New Year', 'email', '2025-12-28 09:00:00+01', '2026-01-10 09:00:00+01', 100.00, 4, 3, 2, 1),
    (12, 'Winter sale', 'sms', '2026-03-20 09:00:00+01', null, null, 2, 0, 0, 0),
    (13, null, null, null, null, null, 0, 0, 0, 0)
) as campaigns (campaign_id, name, channel, started_at, ended_at, cost, sent, opened, clicked, converted);

create table c360_b1.exclusions as
select
    relation,
    reason,
    'exclude' as treatment,
    rows::bigint as rows
from (values ('orders', 'cancelled', 2), ('orders', 'after as-of', 1), ('returns', 'no time', 4))
    as left_out (relation, reason, rows);

insert into c360.run (kind, trigger, requested_by, as_of, state, started_at, ended_at, data_to)
values (
    'full', 'test', 'Nora', '2026-03-31 23:00:00+02', 'published',
    '2026-04-01 06:00:00+02', '2026-04-01 06:05:00+02', '2026-03-30 12:00:00+00'
);
insert into c360.publication (run_id) values (1);
select c360.grant_reading('c360_b1');
