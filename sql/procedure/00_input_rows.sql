-- The rows that a build looks at: all of the source. The input views stand on these, and so does the stage source_rows.
-- In an incremental run the schema c360_touched takes the place of c360_in: the same views over fewer rows
-- (00_touched_rows.sql). In a shop that links ids, linked/00_input_rows.sql is installed instead of this file.

create view c360_in.every_customer as select * from source.customers;

create view c360_in.every_order as select * from source.orders;

create view c360_in.every_order_item as select * from source.order_items;

create view c360_in.every_return as select * from source.returns;

create view c360_in.every_service_ticket as select * from source.service_tickets;

create view c360_in.every_web_event as select * from source.web_events;

create view c360_in.every_campaign_response as select * from source.campaign_responses;

-- Which ids are other ids of a person: none.
create view c360_in.link as
select customer_id, customer_id as person_id
from source.customers
where false;
