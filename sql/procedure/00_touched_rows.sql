-- The rows that an incremental run looks at: those of the touched customers, and those that name no customer, which are
-- few and belong to nobody who could be found changed. By the index on customer_id, where the source has one.
-- In a shop that links ids, linked/00_touched_rows.sql is installed instead of this file.

create unlogged table c360_touched.customer as select customer_id from source.customers with no data;

alter table c360_touched.customer add primary key (customer_id);

comment on table c360_touched.customer is 'The customers whose rows the running incremental build computes anew.';

create view c360_touched.every_customer as
select customers.*
from c360_touched.customer
inner join source.customers on customer.customer_id = customers.customer_id
union all
select * from source.customers
where customer_id is null;

create view c360_touched.every_order as
select orders.*
from c360_touched.customer
inner join source.orders on customer.customer_id = orders.customer_id
union all
select * from source.orders
where customer_id is null;

create view c360_touched.every_order_item as
select order_items.*
from c360_touched.customer
inner join source.order_items on customer.customer_id = order_items.customer_id
union all
select * from source.order_items
where customer_id is null;

create view c360_touched.every_return as
select returns.*
from c360_touched.customer
inner join source.returns on customer.customer_id = returns.customer_id
union all
select * from source.returns
where customer_id is null;

create view c360_touched.every_service_ticket as
select service_tickets.*
from c360_touched.customer
inner join source.service_tickets on customer.customer_id = service_tickets.customer_id
union all
select * from source.service_tickets
where customer_id is null;

create view c360_touched.every_web_event as
select web_events.*
from c360_touched.customer
inner join source.web_events on customer.customer_id = web_events.customer_id
union all
select * from source.web_events
where customer_id is null;

create view c360_touched.every_campaign_response as
select campaign_responses.*
from c360_touched.customer
inner join source.campaign_responses on customer.customer_id = campaign_responses.customer_id
union all
select * from source.campaign_responses
where customer_id is null;
