-- Stage: score_cutoffs
-- Grain: measure, score
-- Reads: customer_purchase_profile, settings
-- Means: from which value on a customer has a score. R, F, M: least(5, 1 + floor(5 × percent_rank)) in whole numbers,
--        so that equal values score equally; value: the amounts from which a customer is Medium (1) or High (2).

with counted as (
    select
        'recency' as measure,
        -recency_days::numeric as value,
        count(*) as customers
    from customer_purchase_profile
    group by recency_days
    union all
    select
        'frequency',
        orders,
        count(*)
    from customer_purchase_profile
    group by orders
    union all
    select
        'monetary',
        lifetime_value,
        count(*)
    from customer_purchase_profile
    group by lifetime_value
),

ranked as (
    select
        measure,
        value,
        sum(customers) over (partition by measure order by value) - customers as customers_below,
        sum(customers) over (partition by measure) as customers_in_all
    from counted
),

scored as (
    select
        measure,
        least(5, 1 + div(5 * customers_below, greatest(customers_in_all - 1, 1)))::integer as score,
        min(value) as from_value
    from ranked
    group by measure, score
),

-- The value of the last customer inside the share, so that ties go upward; positions in exact numbers, because
-- 0.07 × 100 is more than 7 in floating point.
positions as (
    select
        ceil(settings.high_value_share * count(*)) as high_position,
        ceil(least(1, settings.high_value_share + settings.medium_value_share) * count(*)) as medium_position
    from customer_purchase_profile
    cross join settings
    group by settings.high_value_share, settings.medium_value_share
),

shares as (
    select
        max(value) filter (where customers_in_all - customers_below >= high_position) as high_from,
        max(value) filter (where customers_in_all - customers_below >= medium_position) as medium_from
    from ranked
    cross join positions
    where measure = 'monetary'
)

select
    measure,
    score,
    case when measure = 'recency' then -from_value else from_value end as from_value
from scored
union all
select
    'value',
    1,
    case when value_cutoff_kind = 'amount' then medium_value_amount else medium_from end
from shares
cross join settings
union all
select
    'value',
    2,
    case when value_cutoff_kind = 'amount' then high_value_amount else high_from end
from shares
cross join settings
