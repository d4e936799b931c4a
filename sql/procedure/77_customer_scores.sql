-- Stage: customer_scores (working)
-- Grain: customer_id
-- Reads: customer_purchase_profile, score_cutoffs
-- Means: R, F, M and value segment of customers with orders: the best score whose cut-off the customer reaches.
--        A score that no value reaches (ties) has no cut-off and is passed over.

with cutoffs as (
    select
        max(from_value) filter (where measure = 'recency' and score = 5) as recency_5,
        max(from_value) filter (where measure = 'recency' and score = 4) as recency_4,
        max(from_value) filter (where measure = 'recency' and score = 3) as recency_3,
        max(from_value) filter (where measure = 'recency' and score = 2) as recency_2,
        max(from_value) filter (where measure = 'frequency' and score = 5) as frequency_5,
        max(from_value) filter (where measure = 'frequency' and score = 4) as frequency_4,
        max(from_value) filter (where measure = 'frequency' and score = 3) as frequency_3,
        max(from_value) filter (where measure = 'frequency' and score = 2) as frequency_2,
        max(from_value) filter (where measure = 'monetary' and score = 5) as monetary_5,
        max(from_value) filter (where measure = 'monetary' and score = 4) as monetary_4,
        max(from_value) filter (where measure = 'monetary' and score = 3) as monetary_3,
        max(from_value) filter (where measure = 'monetary' and score = 2) as monetary_2,
        max(from_value) filter (where measure = 'value' and score = 2) as high_from,
        max(from_value) filter (where measure = 'value' and score = 1) as medium_from
    from score_cutoffs
)

select
    purchases.customer_id,
    case
        when purchases.lifetime_value >= cutoffs.high_from then 'High'
        when purchases.lifetime_value >= cutoffs.medium_from then 'Medium'
        else 'Low'
    end as value_segment,
    case
        when purchases.recency_days <= cutoffs.recency_5 then 5
        when purchases.recency_days <= cutoffs.recency_4 then 4
        when purchases.recency_days <= cutoffs.recency_3 then 3
        when purchases.recency_days <= cutoffs.recency_2 then 2
        else 1
    end as recency_score,
    case
        when purchases.orders >= cutoffs.frequency_5 then 5
        when purchases.orders >= cutoffs.frequency_4 then 4
        when purchases.orders >= cutoffs.frequency_3 then 3
        when purchases.orders >= cutoffs.frequency_2 then 2
        else 1
    end as frequency_score,
    case
        when purchases.lifetime_value >= cutoffs.monetary_5 then 5
        when purchases.lifetime_value >= cutoffs.monetary_4 then 4
        when purchases.lifetime_value >= cutoffs.monetary_3 then 3
        when purchases.lifetime_value >= cutoffs.monetary_2 then 2
        else 1
    end as monetary_score
from customer_purchase_profile as purchases
cross join cutoffs
