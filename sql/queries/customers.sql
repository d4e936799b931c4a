-- The customers, as many as a person can look through: found by words and filters, sorted, in pages.
-- Which order a page has is chosen from a list made when the files are loaded (customer_fragments.sql).

-- name: page
-- parameters: row_limit, row_offset
-- One row a customer of the page: customer_id (text), customer (all columns as JSON).
with found as (
    select customer_360.customer_id
    from customer_360
    where :customer_search and :filter_condition
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order;

-- name: everybody
-- As page, without a limit, for exports: in the place of the star stand the columns that are asked for.
select customer_360.*
from customer_360
where :customer_search and :filter_condition
order by :customer_order;

-- name: page_from_end
-- parameters: row_limit, row_offset
-- As page, but counted from the last customer and in the opposite order: a late page is as near as an early one.
with found as (
    select customer_360.customer_id
    from customer_360
    where :customer_search and :filter_condition
    order by :customer_order_from_end
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order_from_end;

-- name: found
-- How many customers the words and filters find: one row.
select count(*) as customers
from customer_360
where :customer_search and :filter_condition;

-- name: counted
-- As found without words, from the cells: one row, at once however many customers there are.
select coalesce(sum(customers), 0)::bigint as customers
from customer_cells
where moment = 'as_of' and :filter_condition;

-- name: marked_page
-- parameters: row_limit, row_offset
-- As page, of the customers behind a mark of a chart; past is the build that the address compares with.
with past as (
    select
        customer_id as past_customer_id,
        value_segment as value_segment_before,
        rfm_segment as rfm_segment_before
    from earlier_build.customer_360
),

found as (
    select customer_360.customer_id
    from customer_360
    left join customer_facets as facets on customer_360.customer_id = facets.customer_id
    left join past on customer_360.customer_id = past.past_customer_id
    where :customer_search and :customer_marks and :filter_condition
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order;

-- name: marked_page_from_end
-- parameters: row_limit, row_offset
-- As page_from_end, of the customers behind a mark of a chart; past is the build that the address compares with.
with past as (
    select
        customer_id as past_customer_id,
        value_segment as value_segment_before,
        rfm_segment as rfm_segment_before
    from earlier_build.customer_360
),

found as (
    select customer_360.customer_id
    from customer_360
    left join customer_facets as facets on customer_360.customer_id = facets.customer_id
    left join past on customer_360.customer_id = past.past_customer_id
    where :customer_search and :customer_marks and :filter_condition
    order by :customer_order_from_end
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order_from_end;

-- name: marked_everybody
-- As everybody, of the customers behind a mark of a chart.
with past as (
    select
        customer_id as past_customer_id,
        value_segment as value_segment_before,
        rfm_segment as rfm_segment_before
    from earlier_build.customer_360
)

select customer_360.*
from customer_360
left join customer_facets as facets on customer_360.customer_id = facets.customer_id
left join past on customer_360.customer_id = past.past_customer_id
where :customer_search and :customer_marks and :filter_condition
order by :customer_order;

-- name: marked_found
-- As found, of the customers behind a mark of a chart.
with past as (
    select
        customer_id as past_customer_id,
        value_segment as value_segment_before,
        rfm_segment as rfm_segment_before
    from earlier_build.customer_360
)

select count(*) as customers
from customer_360
left join customer_facets as facets on customer_360.customer_id = facets.customer_id
left join past on customer_360.customer_id = past.past_customer_id
where :customer_search and :customer_marks and :filter_condition;

-- name: similarity
-- The schema of the extension pg_trgm, which tells how alike two words are: one row, or none where it is not there.
select pg_namespace.nspname as schema_name
from pg_extension
inner join pg_namespace on pg_extension.extnamespace = pg_namespace.oid
where pg_extension.extname = 'pg_trgm';

-- name: corrected
-- parameters: words
-- The words with each replaced by the first or last name that is most like it, where one is like it: one row.
with vocabulary as (
    select lower(first_name) as name
    from customer_360
    union
    select lower(last_name)
    from customer_360
),

asked as (
    select
        given.word,
        given.place
    from regexp_split_to_table(lower(:words), ' ') with ordinality as given (word, place)
),

alike as (
    select distinct on (asked.place)
        asked.place,
        vocabulary.name
    from asked
    cross join vocabulary
    where :likeness >= 0.25
    order by asked.place asc, :likeness desc, vocabulary.name asc
)

select string_agg(coalesce(alike.name, asked.word), ' ' order by asked.place) as words
from asked
left join alike on asked.place = alike.place;
