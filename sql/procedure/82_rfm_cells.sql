-- Stage: rfm_cells
-- Grain: recency_score, frequency_score, monetary_score, value_segment, rfm_segment, churn_band, country,
--        acquisition_channel
-- Reads: customer_360
-- Means: customers per R, F and M, so that a million customers do not mean a million points.

select
    recency_score,
    frequency_score,
    monetary_score,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    count(*) as customers,
    sum(lifetime_value) as lifetime_value,
    sum(orders) as orders
from customer_360
where recency_score is not null
group by
    recency_score,
    frequency_score,
    monetary_score,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel
