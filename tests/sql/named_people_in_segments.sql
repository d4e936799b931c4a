-- What the pages of segments ask about the seven people of named_people.sql. Runs after it.

alter table c360_b1.customer_360
add column if not exists order_days bigint,
add column if not exists recency_days integer,
add column if not exists typical_gap_days numeric,
add column if not exists recent_order_days bigint,
add column if not exists recent_ratings bigint,
add column if not exists recent_low_ratings bigint,
add column if not exists days_since_engaged integer,
add column if not exists churn_recency_part double precision,
add column if not exists churn_frequency_part double precision,
add column if not exists churn_service_part double precision,
add column if not exists churn_engagement_part double precision,
add column if not exists churn_risk_score double precision;

-- Ben has not ordered for long, was unhappy once in two, and does not look in any more; his risk is only Medium.
update c360_b1.customer_360
set
    order_days = 5,
    recency_days = 80,
    typical_gap_days = 21.4,
    recent_order_days = 2,
    recent_ratings = 2,
    recent_low_ratings = 1,
    days_since_engaged = 120,
    churn_recency_part = 65.1,
    churn_frequency_part = 60,
    churn_service_part = 50,
    churn_engagement_part = 57.14,
    churn_risk_score = 60.04
where first_name = 'Ben';

create table c360_b1.score_cutoffs (measure text, score integer, from_value numeric);

-- Ties leave the recency scores 3 and 2 and the monetary score 3 without customers.
insert into c360_b1.score_cutoffs values
('recency', 5, 10), ('recency', 4, 80), ('recency', 1, 700),
('frequency', 5, 6), ('frequency', 4, 5), ('frequency', 3, 3), ('frequency', 2, 2), ('frequency', 1, 1),
('monetary', 5, 700.50), ('monetary', 4, 200.25), ('monetary', 2, 50.00), ('monetary', 1, 40.00),
('value', 2, 700.50), ('value', 1, 200.25);

create table c360_b1.brand_sales as
select
    case category when 'Tea' then 'Leaf' end as brand,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    units,
    orders,
    customers,
    net_sales
from c360_b1.category_sales;

create table c360_b1.category_brand_sales as
select
    category,
    case category when 'Tea' then 'Leaf' end as brand,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    units,
    net_sales
from c360_b1.category_sales;

create table c360_b1.product_sales (
    product_id text, name text, category text, brand text, units numeric, orders bigint, customers bigint,
    net_sales numeric
);

-- Of 330 in all, beans bring 200 and green tea 80, which is more than 80 % together.
insert into c360_b1.product_sales values
('beans', 'Beans', 'Coffee', null, 5, 3, 1, 200.00),
('green', 'Green tea', 'Tea', 'Leaf', 3, 2, 2, 80.00),
('gift', null, null, null, 2, 1, 1, 50.00);

create table c360_b1.affinity (
    product_a text, product_b text, name_a text, name_b text, orders_a bigint, orders_b bigint, orders_both bigint,
    orders_all bigint, support double precision, confidence double precision, lift double precision
);

-- Of 100 orders: beans in 20, green tea in 10, gifts in 4.
insert into c360_b1.affinity values
('beans', 'green', 'Beans', 'Green tea', 20, 10, 8, 100, 0.08, 0.4, 4),
('green', 'beans', 'Green tea', 'Beans', 10, 20, 8, 100, 0.08, 0.8, 4),
('beans', 'gift', 'Beans', null, 20, 4, 1, 100, 0.01, 0.05, 1.25),
('gift', 'beans', null, 'Beans', 4, 20, 1, 100, 0.01, 0.25, 1.25),
('green', 'gift', 'Green tea', null, 10, 4, 3, 100, 0.03, 0.3, 7.5),
('gift', 'green', null, 'Green tea', 4, 10, 3, 100, 0.03, 0.75, 7.5);

select c360.grant_reading('c360_b1');
