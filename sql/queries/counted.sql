-- How many customers meet conditions that stand behind one mark of a chart, from the numbers of that chart: at once,
-- where the customers themselves would all be looked at. Which of them asks, c360_dash/queries/counting.py knows.
-- Each gives one row.

-- name: scores
-- parameters: recency_score, frequency_score, monetary_score
-- Customers with these scores; null is any.
select coalesce(sum(customers), 0)::bigint as customers
from rfm_cells
where
    (cast(:recency_score as integer) is null or recency_score = :recency_score)
    and (cast(:frequency_score as integer) is null or frequency_score = :frequency_score)
    and (cast(:monetary_score as integer) is null or monetary_score = :monetary_score)
    and :filter_condition;

-- name: orders_at_least
-- parameters: orders_at_least
-- Customers with one order or more, or with two or more.
select coalesce(sum(case :orders_at_least when 1 then buyers else repeat_buyers end), 0)::bigint as customers
from customer_cells
where moment = 'as_of' and :filter_condition;

-- name: is_active
-- parameters: is_active
-- Customers with an order who are active, or who are not.
select
    coalesce(
        sum(case when cast(:is_active as boolean) then active_customers else buyers - active_customers end), 0
    )::bigint as customers
from customer_cells
where moment = 'as_of' and :filter_condition;

-- name: first_order_month
-- parameters: first_order_from, first_order_before
-- Customers whose first order lies in the months; null is open.
select coalesce(sum(new_customers), 0)::bigint as customers
from monthly_sales
where
    (cast(:first_order_from as date) is null or month >= cast(:first_order_from as date))
    and (cast(:first_order_before as date) is null or month < cast(:first_order_before as date))
    and :filter_condition;

-- name: order_month
-- parameters: ordered_from
-- Customers with an order in the month.
select coalesce(sum(customers), 0)::bigint as customers
from monthly_sales
where month = cast(:ordered_from as date) and :filter_condition;

-- name: cohort
-- parameters: first_order_from, ordered_from
-- Customers whose first order lies in one month and who have one in the other; by what was known at the start.
with cohorts_of_all as (
    select
        cohorts.*,
        null::text as value_segment,
        null::text as rfm_segment,
        null::text as churn_band
    from cohorts
)

select coalesce(sum(customers), 0)::bigint as customers
from cohorts_of_all
where
    cohort_month = cast(:first_order_from as date)
    and cohort_month + make_interval(months => months_after) = cast(:ordered_from as date)
    and :filter_condition;

-- name: category
-- parameters: category
-- Customers who bought something of the category.
select coalesce(sum(customers), 0)::bigint as customers
from category_sales
where category = :category and :filter_condition;

-- name: brand
-- parameters: brand
-- Customers who bought something of the brand.
select coalesce(sum(customers), 0)::bigint as customers
from brand_sales
where brand = :brand and :filter_condition;

-- name: rating
-- parameters: rating
-- Customers who rated a ticket so.
select coalesce(sum(customers), 0)::bigint as customers
from satisfaction
where score = :rating and :filter_condition;

-- name: segments_before
-- parameters: build_id, since, value_segment_before, rfm_segment_before
-- Customers by their segments in an earlier build, unknown for newcomers; null is any.
select coalesce(sum(customers), 0)::bigint as customers
from c360.run_movement
where
    run_id = :build_id
    and since = :since
    and not has_left
    and (
        cast(:value_segment_before as text) is null
        or coalesce(value_segment_before, 'unknown') = cast(:value_segment_before as text)
    )
    and (
        cast(:rfm_segment_before as text) is null
        or coalesce(rfm_segment_before, 'unknown') = cast(:rfm_segment_before as text)
    )
    and :filter_condition;
