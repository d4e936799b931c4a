create schema if not exists source;

create table if not exists source.web_events (
    event_id text primary key,
    customer_id text,
    session_id text,
    occurred_at timestamptz,
    event_type text,
    page text,
    product_id text
);

create index if not exists web_events_of_customer
on source.web_events (customer_id, occurred_at);

comment on table source.web_events is 'One row per event of a known visitor.';
comment on column source.web_events.event_id is 'Key.';
comment on column source.web_events.customer_id is 'The visitor.';
comment on column source.web_events.session_id is 'The visit the event belongs to.';
comment on column source.web_events.occurred_at is 'Moment of the event.';
comment on column source.web_events.event_type is 'view, cart, purchase; other words are kept and counted as events.';
comment on column source.web_events.page is 'Page or path; null where only the product is known.';
comment on column source.web_events.product_id is
'The product shown, put into the cart or bought; null on other pages.';
