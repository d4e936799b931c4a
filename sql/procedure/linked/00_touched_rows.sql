-- Takes the place of ../00_touched_rows.sql in a shop that has the relation source.customer_links: the rows of all ids
-- of the touched persons, by the index on customer_id, where the source has one.

create unlogged table c360_touched.customer as select customer_id from source.customers with no data;

alter table c360_touched.customer add primary key (customer_id);

comment on table c360_touched.customer is 'The customers whose rows the running incremental build computes anew.';

create view c360_touched.identity as
select customer_id, customer_id as person_id
from c360_touched.customer
where
    not exists (
        select from c360_in.link
        where link.customer_id = customer.customer_id
    )
union all
select link.customer_id, link.person_id
from c360_touched.customer
inner join c360_in.link on customer.customer_id = link.person_id;

create view c360_touched.every_customer as
(
    select distinct on (person_id)
        person_id as customer_id, first_name, last_name, email, phone, city, region, country, birth_date, gender,
        min(signup_at) over (partition by person_id) as signup_at,
        acquisition_channel,
        bool_and(marketing_consent) over (partition by person_id) as marketing_consent
    from c360_touched.identity
    inner join source.customers on identity.customer_id = customers.customer_id
    order by
        identity.person_id asc, customers.customer_id = identity.person_id desc, customers.signup_at desc nulls last,
        customers.customer_id asc
)
union all
select
    customer_id, first_name, last_name, email, phone, city, region, country, birth_date, gender, signup_at,
    acquisition_channel, marketing_consent
from source.customers
where customer_id is null;

create view c360_touched.every_order as
select order_id, person_id as customer_id, ordered_at, status, channel, currency
from c360_touched.identity
inner join source.orders on identity.customer_id = orders.customer_id
union all
select order_id, customer_id, ordered_at, status, channel, currency from source.orders
where customer_id is null;

create view c360_touched.every_order_item as
select order_id, line_no, person_id as customer_id, product_id, quantity, unit_price, discount
from c360_touched.identity
inner join source.order_items on identity.customer_id = order_items.customer_id
union all
select order_id, line_no, customer_id, product_id, quantity, unit_price, discount from source.order_items
where customer_id is null;

create view c360_touched.every_return as
select return_id, person_id as customer_id, order_id, product_id, returned_at, amount
from c360_touched.identity
inner join source.returns on identity.customer_id = returns.customer_id
union all
select return_id, customer_id, order_id, product_id, returned_at, amount from source.returns
where customer_id is null;

create view c360_touched.every_service_ticket as
select ticket_id, person_id as customer_id, opened_at, closed_at, channel, category, priority, satisfaction
from c360_touched.identity
inner join source.service_tickets on identity.customer_id = service_tickets.customer_id
union all
select ticket_id, customer_id, opened_at, closed_at, channel, category, priority, satisfaction
from source.service_tickets
where customer_id is null;

create view c360_touched.every_web_event as
select event_id, person_id as customer_id, session_id, occurred_at, event_type, page, product_id
from c360_touched.identity
inner join source.web_events on identity.customer_id = web_events.customer_id
union all
select event_id, customer_id, session_id, occurred_at, event_type, page, product_id from source.web_events
where customer_id is null;

create view c360_touched.every_campaign_response as
select
    campaign_id, person_id as customer_id, min(sent_at) as sent_at, min(opened_at) as opened_at,
    min(clicked_at) as clicked_at, min(converted_at) as converted_at
from c360_touched.identity
inner join source.campaign_responses on identity.customer_id = campaign_responses.customer_id
group by campaign_id, person_id
union all
select campaign_id, customer_id, sent_at, opened_at, clicked_at, converted_at from source.campaign_responses
where customer_id is null;
