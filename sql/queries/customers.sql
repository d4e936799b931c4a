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
