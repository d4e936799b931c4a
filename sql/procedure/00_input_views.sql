-- Input views: the one window through which the stages see the source. They cut at the as-of moment and keep what
-- counts; a stage therefore says what is computed and nothing else. What they leave out is counted, with the reason,
-- by the stage source_rows; rows of customers who are not in c360_in.customers fall out where stages join them.
-- This file is installed twice: in c360_in over all rows, and in c360_touched over the rows of touched customers.

create view c360_in.customers as
select
    customers.customer_id,
    customers.first_name,
    customers.last_name,
    customers.email,
    customers.phone,
    customers.city,
    customers.region,
    customers.country,
    customers.birth_date,
    customers.gender,
    case when customers.signup_at <= (select c360.as_of()) then customers.signup_at end as signup_at,
    customers.acquisition_channel,
    customers.marketing_consent
from c360_in.every_customer as customers
where
    customers.customer_id is not null
    and not exists (
        select from c360.excluded_customer
        where excluded_customer.customer_id = customers.customer_id::text
    )
    and (
        customers.signup_at is null
        or customers.signup_at <= (select c360.as_of())
        -- Some shops let guests order and sign up later.
        or exists (
            select from c360_in.every_order as orders
            where
                orders.customer_id = customers.customer_id
                and orders.status = 'completed'
                and orders.ordered_at <= (select c360.as_of())
                and (orders.currency is null or orders.currency = (select c360.currency()))
        )
    );

create view c360_in.products as
select product_id, name, category, brand
from source.products;

create view c360_in.orders as
select order_id, customer_id, ordered_at, channel
from c360_in.every_order
where
    status = 'completed'
    and customer_id is not null
    and ordered_at <= (select c360.as_of())
    and (currency is null or currency = (select c360.currency()));

create view c360_in.order_items as
select order_id, line_no, customer_id, product_id, quantity, unit_price, coalesce(discount, 0) as discount
from c360_in.every_order_item
-- PostgreSQL sorts NaN and infinity above all numbers.
where
    quantity >= 0 and quantity < 'infinity'
    and unit_price >= 0 and unit_price < 'infinity'
    and (discount is null or (discount >= 0 and discount < 'infinity'));

create view c360_in.returns as
select return_id, customer_id, order_id, product_id, returned_at, amount
from c360_in.every_return
where customer_id is not null and amount > 0 and amount < 'infinity' and returned_at <= (select c360.as_of());

create view c360_in.service_tickets as
select
    ticket_id,
    customer_id,
    opened_at,
    case when closed_at <= (select c360.as_of()) then closed_at end as closed_at,
    -- A rating is known when the ticket is closed.
    case
        when satisfaction between 1 and 5 and coalesce(closed_at, opened_at) <= (select c360.as_of()) then satisfaction
    end as satisfaction
from c360_in.every_service_ticket
where customer_id is not null and opened_at <= (select c360.as_of());

create view c360_in.web_events as
select event_id, customer_id, session_id, occurred_at, event_type, product_id
from c360_in.every_web_event
where customer_id is not null and occurred_at <= (select c360.as_of());

create view c360_in.campaigns as
select campaign_id, name, channel, started_at, ended_at, cost
from source.campaigns;

create view c360_in.campaign_responses as
select
    campaign_id,
    customer_id,
    sent_at,
    case when opened_at <= (select c360.as_of()) then opened_at end as opened_at,
    case when clicked_at <= (select c360.as_of()) then clicked_at end as clicked_at,
    case when converted_at <= (select c360.as_of()) then converted_at end as converted_at
from c360_in.every_campaign_response
where customer_id is not null and (sent_at is null or sent_at <= (select c360.as_of()));
