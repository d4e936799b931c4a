-- REES46: web events of a multi-category shop (data.rees46.com, the files of events by month or day).
--
-- Rules:
--   Every row is an event. The files number them not, so an event's key is the hash of its row: rows that are equal in
--   every column are one event, and the load reports them as duplicate keys.
--   A session's purchases are one order, placed at the first of them: one row per product bought, as the data set's
--   own description says. A session number that two users share is two orders. A product bought twice is two lines.
--   category_code is the category; of several readings of a product the latest counts. There is no name.
--   Times are in UTC, prices in US dollars.

-- setting: currency = USD
-- setting: timezone = UTC

-- file: events*.csv
create table c360_raw.events (
    event_time timestamptz,
    event_type text,
    product_id bigint,
    category_code text,
    brand text,
    price numeric,
    user_id bigint,
    user_session text
);

-- relation: customers
select distinct user_id as customer_id from c360_raw.events;

-- relation: products
select distinct on (product_id)
    product_id,
    category_code as category,
    brand
from c360_raw.events
order by product_id asc, event_time desc, category_code asc, brand asc;

-- relation: orders
select
    user_session || ':' || user_id as order_id,
    user_id as customer_id,
    min(event_time) as ordered_at,
    'completed' as status,
    'web' as channel,
    'USD' as currency
from c360_raw.events
where event_type = 'purchase'
group by user_session, user_id;

-- relation: order_items
with purchases as (
    select distinct
        user_session,
        user_id,
        event_time,
        product_id,
        price
    from c360_raw.events
    where event_type = 'purchase'
)

select
    user_session || ':' || user_id as order_id,
    row_number() over (
        partition by user_session, user_id
        order by event_time, product_id, price
    )::integer as line_no,
    user_id as customer_id,
    product_id,
    1 as quantity,
    price as unit_price
from purchases;

-- relation: web_events
select
    md5(events::text) as event_id,
    user_id as customer_id,
    user_session as session_id,
    event_time as occurred_at,
    event_type,
    product_id
from c360_raw.events;
