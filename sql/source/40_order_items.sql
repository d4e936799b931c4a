create schema if not exists source;

create table if not exists source.order_items (
    order_id text,
    line_no integer,
    customer_id text,
    product_id text,
    quantity numeric,
    unit_price numeric,
    discount numeric default 0,
    primary key (order_id, line_no)
);

create index if not exists order_items_of_customer
on source.order_items (customer_id, order_id);

comment on table source.order_items is
'One row per line of an order. Net sales of a line are quantity × unit_price − discount.';
comment on column source.order_items.order_id is 'Key, part 1. The order.';
comment on column source.order_items.line_no is 'Key, part 2. Number of the line within its order.';
comment on column source.order_items.customer_id is
'The customer of the order, repeated so that work per customer needs no join.';
comment on column source.order_items.product_id is
'The product. A line of an unknown product counts as sales without category or brand.';
comment on column source.order_items.quantity is 'Units sold, 0 or more; fractions are allowed (weight, volume).';
comment on column source.order_items.unit_price is
'Price of one unit before discount, 0 or more, without tax and shipping.';
comment on column source.order_items.discount is 'Amount taken off the whole line, 0 or more. Null is 0.';
