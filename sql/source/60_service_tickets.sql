create schema if not exists source;

create table if not exists source.service_tickets (
    ticket_id text primary key,
    customer_id text,
    opened_at timestamptz,
    closed_at timestamptz,
    channel text,
    category text,
    priority text,
    satisfaction integer
);

create index if not exists service_tickets_of_customer
on source.service_tickets (customer_id);

comment on table source.service_tickets is 'One row per contact with service; a rated review is one too.';
comment on column source.service_tickets.ticket_id is 'Key.';
comment on column source.service_tickets.customer_id is 'Who asked or rated.';
comment on column source.service_tickets.opened_at is 'Moment the ticket was opened.';
comment on column source.service_tickets.closed_at is 'Moment it was closed; null while it is open.';
comment on column source.service_tickets.channel is 'E-mail, telephone, chat …, in the shop''s own words.';
comment on column source.service_tickets.category is 'What it was about, in the shop''s own words.';
comment on column source.service_tickets.priority is 'Priority in the shop''s own words.';
comment on column source.service_tickets.satisfaction is
'The customer''s answer, 1 (bad) to 5 (good); null is no answer. A value outside is not counted as a rating.';
