-- The questions of the segmentation page. Money in the currency of the build.

-- name: rfm_segments
-- parameters: names
-- Customers, value, orders and churn risk of each RFM segment, in the order of the names.
with segments as (
    select
        rfm_segment,
        sum(customers) as customers,
        sum(buyers) as buyers,
        sum(lifetime_value) filter (where buyers > 0) as lifetime_value,
        sum(orders) as orders,
        sum(customers) filter (where churn_band = 'High') as high_churn_customers
    from customer_cells
    where moment = 'as_of' and :filter_condition
    group by rfm_segment
)

select
    rfm_segment,
    customers::bigint as customers,
    round(customers / sum(customers) over (), 6) as share_of_customers,
    round(lifetime_value, 2) as lifetime_value,
    round(lifetime_value / nullif(sum(lifetime_value) over (), 0), 6) as share_of_value,
    round(orders / nullif(buyers, 0), 4) as mean_orders,
    round(coalesce(high_churn_customers, 0) / nullif(buyers, 0), 6) as high_churn_share
from segments
order by array_position(cast(:names as text[]), rfm_segment);

-- name: score_cutoffs
-- From which value on a customer has a score, best first.
select
    measure,
    score,
    from_value
from score_cutoffs
order by measure asc, score desc;

-- name: movement
-- parameters: names
-- Customers by a segment in the earlier build and in this one, in the order of the names; null: not in it.
-- The filters choose by what customers are in this build, and those who left by what they were.
with present as (
    select
        customer_id,
        :moving_segment,
        lifetime_value
    from customer_360
    where :filter_condition
),

still_there as (
    select customer_id as known_id
    from customer_360
),

gone as (
    select
        past.:moving_segment,
        past.lifetime_value
    from earlier_build.customer_360 as past
    left join still_there on past.customer_id = still_there.known_id
    where still_there.known_id is null and :filter_condition
),

moved as (
    select
        past.:moving_segment as segment_before,
        present.:moving_segment as segment_now,
        present.lifetime_value
    from present
    left join earlier_build.customer_360 as past on present.customer_id = past.customer_id
    union all
    select
        gone.:moving_segment,
        null,
        gone.lifetime_value
    from gone
)

select
    segment_before,
    segment_now,
    count(*) as customers,
    round(coalesce(sum(lifetime_value), 0), 2) as lifetime_value
from moved
group by segment_before, segment_now
order by
    array_position(cast(:names as text[]), segment_before),
    array_position(cast(:names as text[]), segment_now);

-- name: kept_movement
-- parameters: build_id, since, names
-- As movement, from what was counted when the build was made.
with moved as (
    select *
    from c360.run_movement
    where run_id = :build_id and since = :since and :filter_condition
),

named as (
    select
        past.:moving_segment as segment_before,
        case when not moved.has_left then moved.:moving_segment end as segment_now,
        moved.customers,
        moved.lifetime_value
    from moved
    cross join
        lateral (values (moved.value_segment_before, moved.rfm_segment_before)) as past (value_segment, rfm_segment)
)

select
    segment_before,
    segment_now,
    sum(customers)::bigint as customers,
    round(coalesce(sum(lifetime_value), 0), 2) as lifetime_value
from named
group by segment_before, segment_now
order by
    array_position(cast(:names as text[]), segment_before),
    array_position(cast(:names as text[]), segment_now);

-- name: is_kept
-- parameters: build_id, since
-- Whether movement between the two builds was counted when the build was made: one row.
select exists(
    select 1
    from c360.run_movement
    where run_id = :build_id and since = :since
) as is_kept;
