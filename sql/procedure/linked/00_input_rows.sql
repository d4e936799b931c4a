-- Takes the place of ../00_input_rows.sql in a shop that has the relation source.customer_links: the same rows, but
-- those of a linked id are those of its person. One step: a person is nobody's link, which a stop check holds.

-- Who was erased under an id stays erased under it, whatever it is linked to.
create view c360_in.link as
select customer_id, person_id
from source.customer_links
where
    customer_id <> person_id
    and not exists (
        select from c360.excluded_customer
        where excluded_customer.customer_id = customer_links.customer_id::text
    );

-- All ids of persons who have more than one.
create view c360_in.identity as
select customer_id, person_id from c360_in.link
union
select person_id as customer_id, person_id from c360_in.link;

-- Basic data are those of the row with the person's own id, else of the newest to sign up. The first to sign up says
-- since when the person is known, and who said no to marketing under any id has said no.
create view c360_in.every_customer as
select
    customer_id, first_name, last_name, email, phone, city, region, country, birth_date, gender, signup_at,
    acquisition_channel, marketing_consent
from source.customers
where
    not exists (
        select from c360_in.identity
        where identity.customer_id = customers.customer_id
    )
union all
(
    select distinct on (person_id)
        person_id, first_name, last_name, email, phone, city, region, country, birth_date, gender,
        min(signup_at) over (partition by person_id),
        acquisition_channel,
        bool_and(marketing_consent) over (partition by person_id)
    from c360_in.identity
    inner join source.customers on identity.customer_id = customers.customer_id
    order by
        identity.person_id asc, customers.customer_id = identity.person_id desc, customers.signup_at desc nulls last,
        customers.customer_id asc
);

create view c360_in.every_order as
select order_id, coalesce(link.person_id, orders.customer_id) as customer_id, ordered_at, status, channel, currency
from source.orders
left join c360_in.link on orders.customer_id = link.customer_id;

create view c360_in.every_order_item as
select
    order_id,
    line_no,
    coalesce(link.person_id, order_items.customer_id) as customer_id,
    product_id,
    quantity,
    unit_price,
    discount
from source.order_items
left join c360_in.link on order_items.customer_id = link.customer_id;

create view c360_in.every_return as
select
    return_id, coalesce(link.person_id, returns.customer_id) as customer_id, order_id, product_id, returned_at, amount
from source.returns
left join c360_in.link on returns.customer_id = link.customer_id;

create view c360_in.every_service_ticket as
select
    ticket_id,
    coalesce(link.person_id, service_tickets.customer_id) as customer_id,
    opened_at,
    closed_at,
    channel,
    category,
    priority,
    satisfaction
from source.service_tickets
left join c360_in.link on service_tickets.customer_id = link.customer_id;

create view c360_in.every_web_event as
select
    event_id,
    coalesce(link.person_id, web_events.customer_id) as customer_id,
    session_id,
    occurred_at,
    event_type,
    page,
    product_id
from source.web_events
left join c360_in.link on web_events.customer_id = link.customer_id;

-- A campaign that went to several ids of a person was sent once, and answered when it was answered first.
create view c360_in.every_campaign_response as
select campaign_id, customer_id, sent_at, opened_at, clicked_at, converted_at
from source.campaign_responses
where
    not exists (
        select from c360_in.identity
        where identity.customer_id = campaign_responses.customer_id
    )
union all
select campaign_id, person_id, min(sent_at), min(opened_at), min(clicked_at), min(converted_at)
from c360_in.identity
inner join source.campaign_responses on identity.customer_id = campaign_responses.customer_id
group by campaign_id, person_id;
