-- A shop whose files are the contract itself: one file per relation, columns named as in the contract, numbers as ids.
-- The generated shop is one, and this is the mapping to start your own from: rename the files, write the raw tables as
-- your files are, and change the selects. A select that only names the columns of its own raw table costs no copy.

-- setting: currency = EUR
-- setting: timezone = UTC

-- file: customers*.csv
create table c360_raw.customers (
    customer_id bigint,
    first_name text,
    last_name text,
    email text,
    phone text,
    city text,
    region text,
    country text,
    birth_date date,
    gender text,
    signup_at timestamptz,
    acquisition_channel text,
    marketing_consent boolean
);

-- optional file: products*.csv
create table c360_raw.products (
    product_id bigint,
    name text,
    category text,
    brand text
);

-- file: orders*.csv
create table c360_raw.orders (
    order_id bigint,
    customer_id bigint,
    ordered_at timestamptz,
    status text,
    channel text,
    currency text
);

-- file: order_items*.csv
create table c360_raw.order_items (
    order_id bigint,
    line_no integer,
    customer_id bigint,
    product_id bigint,
    quantity numeric,
    unit_price numeric,
    discount numeric
);

-- optional file: returns*.csv
create table c360_raw.returns (
    return_id bigint,
    customer_id bigint,
    order_id bigint,
    product_id bigint,
    returned_at timestamptz,
    amount numeric
);

-- optional file: service_tickets*.csv
create table c360_raw.service_tickets (
    ticket_id bigint,
    customer_id bigint,
    opened_at timestamptz,
    closed_at timestamptz,
    channel text,
    category text,
    priority text,
    satisfaction integer
);

-- optional file: web_events*.csv
create table c360_raw.web_events (
    event_id bigint,
    customer_id bigint,
    session_id bigint,
    occurred_at timestamptz,
    event_type text,
    page text,
    product_id bigint
);

-- optional file: campaigns*.csv
create table c360_raw.campaigns (
    campaign_id bigint,
    name text,
    channel text,
    started_at timestamptz,
    ended_at timestamptz,
    cost numeric
);

-- optional file: campaign_responses*.csv
create table c360_raw.campaign_responses (
    campaign_id bigint,
    customer_id bigint,
    sent_at timestamptz,
    opened_at timestamptz,
    clicked_at timestamptz,
    converted_at timestamptz
);

-- relation: customers
select
    customer_id,
    first_name,
    last_name,
    email,
    phone,
    city,
    region,
    country,
    birth_date,
    gender,
    signup_at,
    acquisition_channel,
    marketing_consent
from c360_raw.customers;

-- relation: products
select
    product_id,
    name,
    category,
    brand
from c360_raw.products;

-- relation: orders
select
    order_id,
    customer_id,
    ordered_at,
    status,
    channel,
    currency
from c360_raw.orders;

-- relation: order_items
select
    order_id,
    line_no,
    customer_id,
    product_id,
    quantity,
    unit_price,
    discount
from c360_raw.order_items;

-- relation: returns
select
    return_id,
    customer_id,
    order_id,
    product_id,
    returned_at,
    amount
from c360_raw.returns;

-- relation: service_tickets
select
    ticket_id,
    customer_id,
    opened_at,
    closed_at,
    channel,
    category,
    priority,
    satisfaction
from c360_raw.service_tickets;

-- relation: web_events
select
    event_id,
    customer_id,
    session_id,
    occurred_at,
    event_type,
    page,
    product_id
from c360_raw.web_events;

-- relation: campaigns
select
    campaign_id,
    name,
    channel,
    started_at,
    ended_at,
    cost
from c360_raw.campaigns;

-- relation: campaign_responses
select
    campaign_id,
    customer_id,
    sent_at,
    opened_at,
    clicked_at,
    converted_at
from c360_raw.campaign_responses;
