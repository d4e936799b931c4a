create schema if not exists source;

create table if not exists source.customers (
    customer_id text primary key,
    first_name text,
    last_name text,
    email text,
    phone text,
    city text,
    region text,
    country text,
    birth_date date,
    gender text,
    signup_at timestamptz,
    acquisition_channel text,
    marketing_consent boolean
);

comment on table source.customers is 'One row per person, also people without any order.';
comment on column source.customers.customer_id is
'Key. The person, not the account or the order. text, bigint or uuid, the same in every relation.';
comment on column source.customers.first_name is 'Given name. Personal.';
comment on column source.customers.last_name is 'Family name. Personal.';
comment on column source.customers.email is 'E-mail address. Personal.';
comment on column source.customers.phone is 'Telephone number as written. Personal.';
comment on column source.customers.city is 'City of residence or delivery. Personal in small places.';
comment on column source.customers.region is 'State, province or region.';
comment on column source.customers.country is 'Country, one spelling for each; a filter of every page.';
comment on column source.customers.birth_date is 'Day of birth. Personal; null where only an age band is known.';
comment on column source.customers.gender is 'Gender in the shop''s own words.';
comment on column source.customers.signup_at is 'Moment of registration; null where the shop does not know it.';
comment on column source.customers.acquisition_channel is
'How the person came to the shop, in its own words; a filter of every page.';
comment on column source.customers.marketing_consent is 'True: may be written to. Null: never asked.';
