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
