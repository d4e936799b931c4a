-- What other settings would make of the customers of the published build: group before, group then, customers.
-- The rules are those of the stages 75_churn_risk and 76_score_cutoffs; a test compares them with a build.

-- name: value_segments
-- parameters: value_cutoff_kind, high_value_share, medium_value_share, high_value_amount, medium_value_amount
-- Value segments of the customers with orders.
with in_order as (
    select
        value_segment,
        lifetime_value,
        row_number() over (order by lifetime_value desc) as position,
        count(*) over () as customers
    from customer_360
    where orders > 0
),

shares as (
    select
        max(lifetime_value) filter (
            where position >= ceil(cast(:high_value_share as numeric) * customers)
        ) as high_from,
        max(lifetime_value) filter (
            where position >= ceil(
                least(1, cast(:high_value_share as numeric) + cast(:medium_value_share as numeric)) * customers
            )
        ) as medium_from
    from in_order
),

cutoffs as (
    select
        case
            when :value_cutoff_kind = 'amount' then cast(:high_value_amount as numeric) else high_from
        end as high_from,
        case
            when :value_cutoff_kind = 'amount' then cast(:medium_value_amount as numeric) else medium_from
        end as medium_from
    from shares
),

segmented as (
    select
        in_order.value_segment as before,
        case
            when in_order.lifetime_value >= cutoffs.high_from then 'High'
            when in_order.lifetime_value >= cutoffs.medium_from then 'Medium'
            else 'Low'
        end as after
    from in_order
    cross join cutoffs
)

select
    before,
    after,
    count(*) as customers
from segmented
group by before, after;

-- name: churn_bands
-- parameters: churn_weight_recency, churn_weight_frequency, churn_weight_service, churn_weight_engagement
-- parameters: churn_medium_from, churn_high_above
-- Churn bands of the customers with a risk, from the parts that the build has kept.
with weighted as (
    select
        churn_band,
        churn_recency_part,
        churn_frequency_part,
        churn_service_part,
        churn_engagement_part,
        cast(:churn_weight_recency as double precision) as recency_weight,
        cast(:churn_weight_frequency as double precision) as frequency_weight,
        case
            when churn_service_part is null then 0 else cast(:churn_weight_service as double precision)
        end as service_weight,
        case
            when churn_engagement_part is null then 0 else cast(:churn_weight_engagement as double precision)
        end as engagement_weight
    from customer_360
    where churn_recency_part is not null
),

scored as (
    select
        churn_band,
        (
            recency_weight * churn_recency_part
            + frequency_weight * churn_frequency_part
            + service_weight * coalesce(churn_service_part, 0)
            + engagement_weight * coalesce(churn_engagement_part, 0)
        ) / nullif(recency_weight + frequency_weight + service_weight + engagement_weight, 0) as score
    from weighted
),

banded as (
    select
        churn_band as before,
        case
            when score < cast(:churn_medium_from as numeric) then 'Low'
            when score <= cast(:churn_high_above as numeric) then 'Medium'
            when score > cast(:churn_high_above as numeric) then 'High'
        end as after
    from scored
)

select
    before,
    after,
    count(*) as customers
from banded
group by before, after;

-- name: active_customers
-- parameters: active_days
-- Active customers among those with orders.
with judged as (
    select
        case when is_active then 'Active' else 'Not active' end as before,
        case when recency_days <= cast(:active_days as integer) then 'Active' else 'Not active' end as after
    from customer_360
    where orders > 0
)

select
    before,
    after,
    count(*) as customers
from judged
group by before, after;
