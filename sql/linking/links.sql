-- Linking ids that are one person: who shares an address, what is linked, and linking and undoing it.
-- {words} are names of relations and columns, filled in quoted; :words are values.

-- No linter can read a statement whose names are yet to come.
-- noqa: disable=all

-- name: kind_of_links
select relkind::text from pg_class where oid = to_regclass('source.customer_links');

-- name: id_type
select format_type(atttypid, atttypmod) from pg_attribute
where attrelid = 'source.customers'::regclass and attname = 'customer_id';

-- name: set_id_types
alter table source.customer_links
alter column customer_id type {type} using null, alter column person_id type {type} using null;

-- name: links
select customer_id::text, person_id::text from source.customer_links
where customer_id <> person_id;

-- name: known
select customer_id::text from source.customers
where customer_id::text = any (:ids);

-- name: sharing
-- Everybody whose e-mail address or telephone number somebody else has too. A number without country is given the one of
-- :country_code, and counts as itself where none is given; fewer than seven digits are no number.
with customers as (
    select
        customer_id, first_name, last_name, email, phone,
        row_number() over (order by signup_at nulls last, customer_id) as place,
        regexp_replace(replace(phone, '(0)', ''), '\D', '', 'g') as digits
    from source.customers
    where
        customer_id::text not in (select customer_id from c360.excluded_customer)
        and customer_id::text not in (select customer_id from c360.link_log where action = 'undone')
),
addresses as (
    select 'e-mail' as kind, lower(btrim(email)) as address, customers.* from customers
    where email like '%%_@_%%'
    union all
    select
        'phone',
        case
            when btrim(phone) like '+%%' then digits
            when digits like '00%%' then substr(digits, 3)
            when :country_code::text is null then 'national ' || digits
            else :country_code || regexp_replace(digits, '^0', '')
        end,
        customers.*
    from customers
    where length(digits) >= 7
),
counted as (
    select addresses.*, count(*) over (partition by kind, address) as sharing
    from addresses
    where kind = any (:kinds)
)
select kind, address, sharing, place, customer_id::text, concat_ws(' ', first_name, last_name), email, phone
from counted
where sharing > 1
order by place;

-- name: name_links
create temporary table wanted_link (customer_id text, person_id text, reason text) on commit drop;

-- name: add_links
insert into source.customer_links (customer_id, person_id)
select customer_id::{type}, person_id::{type} from wanted_link
on conflict (customer_id) do update set person_id = excluded.person_id;

-- name: log_links
insert into c360.link_log (customer_id, person_id, action, reason, done_by)
select customer_id, person_id, 'linked', reason, :done_by from wanted_link;

-- name: undo
with undone as (
    delete from source.customer_links where customer_id::text = any (:ids)
    returning customer_id::text, person_id::text
)
insert into c360.link_log (customer_id, person_id, action, done_by)
select customer_id, person_id, 'undone', :done_by from undone;
