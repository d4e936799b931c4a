-- theLook e-commerce: a made-up clothes shop (the tables of bigquery-public-data.thelook_ecommerce, as CSV files).
--
-- Rules:
--   Completed is what left the shop: Complete, Shipped, and Returned, whose items are returns of their own. Cancelled
--   is Cancelled. All else is pending: Processing, and any word not known here.
--   An item is one piece at its sale price. A returned one comes back on the day of its returned_at.
--   Views of a product are views. A visitor who is not logged in is nobody: the event is counted and left out.
--   The acquisition channel is the traffic source of the user; that of an event is not read.
--   Times are in UTC, prices in US dollars.

-- setting: currency = USD
-- setting: timezone = UTC

-- file: users.csv
create table c360_raw.users (
    id bigint,
    first_name text,
    last_name text,
    email text,
    gender text,
    state text,
    city text,
    country text,
    traffic_source text,
    created_at timestamptz
);

-- file: products.csv
create table c360_raw.products (
    id bigint,
    category text,
    name text,
    brand text
);

-- file: orders.csv
create table c360_raw.orders (
    order_id bigint,
    user_id bigint,
    status text,
    created_at timestamptz
);

-- file: order_items.csv
create table c360_raw.order_items (
    id bigint,
    order_id bigint,
    user_id bigint,
    product_id bigint,
    sale_price numeric,
    returned_at timestamptz
);

-- optional file: events.csv
create table c360_raw.events (
    id bigint,
    user_id bigint,
    session_id text,
    created_at timestamptz,
    uri text,
    event_type text
);

-- relation: customers
select
    id as customer_id,
    first_name,
    last_name,
    email,
    city,
    state as region,
    country,
    gender,
    created_at as signup_at,
    traffic_source as acquisition_channel
from c360_raw.users;

-- relation: products
select
    id as product_id,
    name,
    category,
    brand
from c360_raw.products;

-- relation: orders
select
    order_id,
    user_id as customer_id,
    created_at as ordered_at,
    case
        when status in ('Complete', 'Shipped', 'Returned') then 'completed'
        when status = 'Cancelled' then 'cancelled'
        else 'pending'
    end as status,
    'web' as channel,
    'USD' as currency
from c360_raw.orders;

-- relation: order_items
select
    order_id,
    row_number() over (partition by order_id order by id)::integer as line_no,
    user_id as customer_id,
    product_id,
    1 as quantity,
    round(sale_price, 2) as unit_price
from c360_raw.order_items;

-- relation: returns
select
    id as return_id,
    user_id as customer_id,
    order_id,
    product_id,
    returned_at,
    round(sale_price, 2) as amount
from c360_raw.order_items
where returned_at is not null;

-- relation: web_events
select
    id as event_id,
    user_id as customer_id,
    session_id,
    created_at as occurred_at,
    case when event_type = 'product' then 'view' else event_type end as event_type,
    uri as page,
    substring(uri from '^/product/([0-9]+)')::bigint as product_id
from c360_raw.events;
