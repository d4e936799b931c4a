create schema if not exists source;

create table if not exists source.orders (
    order_id text primary key,
    customer_id text,
    ordered_at timestamptz,
    status text,
    channel text,
    currency text
);

create index if not exists orders_of_customer
on source.orders (customer_id, order_id);

comment on table source.orders is 'One row per order, whatever became of it.';
comment on column source.orders.order_id is 'Key. text, bigint or uuid, the same in every relation.';
comment on column source.orders.customer_id is
'Who ordered. An order without customer, or of an unknown one, is counted and left out.';
comment on column source.orders.ordered_at is 'Moment of ordering.';
comment on column source.orders.status is
'completed counts as sales; pending and cancelled are counted and left out; other words are unknown and left out.';
comment on column source.orders.channel is 'Where it was ordered (web, shop, app …), in the shop''s own words.';
comment on column source.orders.currency is
'ISO 4217 code. Null is the deployment''s currency; another currency is counted and left out.';
