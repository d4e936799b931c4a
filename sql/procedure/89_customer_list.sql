-- Stage: customer_list
-- Grain: customer_id
-- Reads: customer_360
-- Means: what lists of customers are mostly narrowed and sorted by. Customers of some filters may lie anywhere in an
--        order, and are then all looked through: here in a third of the time of customer_360, for one table, where
--        indexes for each column and direction would take longer to build than all else that pages need. The columns
--        that fewer sort by are spread over the other tables whose names begin so; cell, as in customer_dimensions,
--        stands there for the five dimensions, which would make each of them a fifth wider.

select
    customer_id,
    c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    orders,
    last_order_at,
    lifetime_value,
    first_order_at,
    recency_score,
    frequency_score,
    monetary_score,
    is_active,
    last_name,
    first_name,
    city,
    signup_at,
    recency_days,
    average_order_value,
    churn_risk_score,
    predicted_lifetime_value
from customer_360
