create schema if not exists source;

create table if not exists source.returns (
    return_id text primary key,
    customer_id text,
    order_id text,
    product_id text,
    returned_at timestamptz,
    amount numeric
);

create index if not exists returns_of_customer on source.returns (customer_id);

comment on table source.returns is 'One row per refund.';
comment on column source.returns.return_id is 'Key.';
comment on column source.returns.customer_id is 'Who returned.';
comment on column source.returns.order_id is 'The order it belongs to; null where the shop does not know it.';
comment on column source.returns.product_id is 'The product returned; null for a refund without one.';
comment on column source.returns.returned_at is
'Moment of the return; the amount lowers the net sales of this date, not of the order''s.';
comment on column source.returns.amount is 'Money given back, more than 0, in the deployment''s currency.';
