-- The customers, as many as a person can look through: found by words, filters and conditions, sorted, in pages.
-- Which order a page has is chosen from a list made when the files are loaded (customer_fragments.sql). Which of the
-- ways leads to a page, c360_dash/queries/customers.py says: few are found first, then sorted; the best of some cells
-- are found by cell; and who may lie anywhere is looked for in a narrow table.

-- name: page
-- parameters: row_limit, row_offset
-- One row a customer of the page: customer_id (text), customer (all columns as JSON).
with found as (
    select customer_360.customer_id
    from customer_360
    :customer_joins
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

-- name: page_of_list
-- parameters: row_limit, row_offset
-- As page, by filters alone and a column of a narrow table, where all customers are looked through much sooner.
with found as (
    select customer_360.customer_id
    from :customer_list as customer_360
    where :in_cells
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order;

-- name: page_of_marked
-- parameters: row_limit, row_offset
-- As page_of_list, by conditions too and a column of customer_list, which has what most of them look at. The planner
-- must not know the limit, so it hangs on the clock (Citus takes no subquery there): knowing it, PostgreSQL would look
-- at one after the other in the order of the page, in one process, which takes seconds where those who meet conditions
-- on other tables come late. Not knowing it, it would look for many in customer_360, but for the array.
with found as (
    select customer_360.customer_id
    from customer_list as customer_360
    :customer_joins
    where :customer_marks and :filter_condition
    order by :customer_order
    limit case when clock_timestamp() > '-infinity' then cast(:row_limit as bigint) end offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from customer_360
where customer_360.customer_id = any(array(select found.customer_id from found))
order by :customer_order;

-- name: page_of_first
-- parameters: most, row_limit, row_offset
-- As page, among the first `most` customers of the order alone, by an index or of the filters in a narrow table: what
-- is asked of them lies in other tables, where one after the other is found, until the page is full. Rows that are
-- missing then come later.
with first_ones as (
    select
        customer_360.customer_id,
        :sorted_column as place
    from :first_list as customer_360
    where :in_first_cells
    order by :customer_order
    limit :most
),

found as (
    select customer_360.customer_id
    from first_ones
    inner join customer_360 on first_ones.customer_id = customer_360.customer_id
    :customer_joins
    where :customer_search and :customer_marks and :filter_condition
    order by :first_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order;

-- name: page_of_worded
-- parameters: row_limit, row_offset
-- As page_of_list, by words too: many are found by them, none of whom may come early.
with found as (
    select customer_360.customer_id
    from customer_words
    inner join :customer_list as customer_360 on customer_words.customer_id = customer_360.customer_id
    where :word_search and :in_cells
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order;

-- name: page_of_list_from_end
-- parameters: row_limit, row_offset
-- As page_of_list, counted from the last customer and in the opposite order: a late page is as near as an early one.
with found as (
    select customer_360.customer_id
    from :customer_list as customer_360
    where :in_cells
    order by :customer_order_from_end
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found
inner join customer_360 on found.customer_id = customer_360.customer_id
order by :customer_order_from_end;

-- name: page_from_end
-- parameters: row_limit, row_offset
-- As page, counted from the last customer like page_of_list_from_end.
with found as (
    select customer_360.customer_id
    from customer_360
    :customer_joins
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

-- name: page_of_few
-- parameters: row_limit, row_offset
-- As page, where few are found: all of them, sorted. After the first part customer_360 means those who are found.
with customer_360 as materialized (
    select customer_360.*
    from customer_360
    :customer_joins
    where :customer_search and :customer_marks and :cell_condition and :filter_condition
),

found as (
    select customer_360.*
    from customer_360
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from found as customer_360
order by :customer_order;

-- name: page_of_words
-- parameters: most, row_limit, row_offset
-- As page, where few are found by words: they are looked for in the table of words, and each is fetched by its id.
-- In each row, of which there is at least one, how many are found; they are counted no further than to `most`, and
-- where there are more, the rows are any of them.
with worded as materialized (
    select customer_words.customer_id
    from customer_words
    where :word_search
),

customer_360 as materialized (
    select customer_360.*
    from worded
    cross join :worded_customer as customer_360
    :customer_joins
    where worded.customer_id = customer_360.customer_id and :customer_marks and :filter_condition
    limit :most -- noqa: AM09
),

counted as (select count(*) as found from customer_360),

found as (
    select customer_360.*
    from customer_360
    order by :customer_order
    limit :row_limit offset :row_offset
)

select
    counted.found,
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from counted
left join found as customer_360 on true
order by :customer_order;

-- name: page_of_best
-- parameters: row_limit, row_offset
-- As page, of the customers of some filters by lifetime value, the highest first: row_limit is the page's last place.
with found as (
    select best.*
    from :best_customers as best
    order by best.lifetime_value desc nulls last, best.customer_id asc
    limit :row_limit - :row_offset offset :row_offset
)

select
    found.customer_id::text as customer_id,
    to_jsonb(found) as customer
from found
order by found.lifetime_value desc nulls last, found.customer_id asc;

-- name: everybody
-- As page, without a limit, for exports: in the place of the star stand the columns that are asked for.
select customer_360.*
from customer_360
:customer_joins
where :customer_search and :customer_marks and :filter_condition
order by :customer_order;

-- name: found
-- How many customers the words, filters and conditions find: one row.
select count(*) as customers
from customer_360
:customer_joins
where :customer_search and :customer_marks and :cell_condition and :filter_condition;

-- name: found_in_list
-- As found, without words, where many are found.
select count(*) as customers
from customer_list as customer_360
:customer_joins
where :customer_marks and :filter_condition;

-- name: counted
-- As found without words and conditions, from the cells: one row, at once however many customers there are.
select coalesce(sum(customers), 0)::bigint as customers
from customer_cells
where moment = 'as_of' and :filter_condition;

-- name: cells
-- The numbers of the cells that the filters leave, as PostgreSQL writes an array: one row.
select
    coalesce(
        array_agg(c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel)), '{}'
    )::text as cells
from customer_cells
where moment = 'as_of' and :filter_condition;

-- name: persons
-- Whose other id the words are: customer_id (text), a row a person.
select person_id::text as customer_id
from unnest(:persons_of_words) as persons (person_id);

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
