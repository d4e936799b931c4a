-- How a build differs from an earlier one: `customer_360` is the build, `earlier_build.customer_360` the other. Ids are
-- compared as text, so that a source whose ids change their type can be compared too.

-- fragment: pairs
-- Every customer of either build once, with both values.
select
    coalesce(present.customer_id::text, past.customer_id::text) as customer_id,
    present.customer_id is not null as is_present,
    past.customer_id is not null as was_there,
    present.value_segment as segment_now,
    past.value_segment as segment_before,
    coalesce(present.lifetime_value, 0) as value_now,
    coalesce(past.lifetime_value, 0) as value_before
from customer_360 as present
full join earlier_build.customer_360 as past on present.customer_id::text = past.customer_id::text;

-- name: totals
-- Customers and lifetime value of both, and how many came and went.
with pairs as (:pairs)

select
    count(*) filter (where is_present) as customers_now,
    count(*) filter (where was_there) as customers_before,
    count(*) filter (where not was_there) as customers_new,
    count(*) filter (where not is_present) as customers_gone,
    coalesce(sum(value_now), 0) as value_now,
    coalesce(sum(value_before), 0) as value_before,
    count(*) filter (where is_present and was_there and segment_now <> segment_before) as customers_moved
from pairs;

-- name: segments
-- parameters: names
-- Customers by value segment before and now; null: not in that build.
with pairs as (:pairs)

select
    segment_before,
    segment_now,
    count(*) as customers
from pairs
group by segment_before, segment_now
order by
    array_position(cast(:names as text[]), segment_before),
    array_position(cast(:names as text[]), segment_now);

-- name: movers
-- parameters: row_limit
-- The customers whose lifetime value differs most.
with pairs as (:pairs)

select
    customer_id,
    value_before,
    value_now,
    value_now - value_before as difference
from pairs
where value_now <> value_before
order by abs(value_now - value_before) desc, customer_id
limit :row_limit;
