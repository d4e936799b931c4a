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

-- name: value_movement
-- parameters: names
-- Customers by value segment in the earlier build (null: not in it) and in this one, in the order of the names.
with present as (
    select
        customer_id,
        value_segment,
        lifetime_value
    from customer_360
    where :filter_condition
)

select
    past.value_segment as segment_before,
    present.value_segment as segment_now,
    count(*) as customers,
    round(coalesce(sum(present.lifetime_value), 0), 2) as lifetime_value
from present
left join earlier_build.customer_360 as past on present.customer_id = past.customer_id
group by past.value_segment, present.value_segment
order by
    array_position(cast(:names as text[]), past.value_segment),
    array_position(cast(:names as text[]), present.value_segment);

-- name: rfm_movement
-- parameters: names
-- Customers by RFM segment in the earlier build (null: not in it) and in this one, in the order of the names.
with present as (
    select
        customer_id,
        rfm_segment,
        lifetime_value
    from customer_360
    where :filter_condition
)

select
    past.rfm_segment as segment_before,
    present.rfm_segment as segment_now,
    count(*) as customers,
    round(coalesce(sum(present.lifetime_value), 0), 2) as lifetime_value
from present
left join earlier_build.customer_360 as past on present.customer_id = past.customer_id
group by past.rfm_segment, present.rfm_segment
order by
    array_position(cast(:names as text[]), past.rfm_segment),
    array_position(cast(:names as text[]), present.rfm_segment);
