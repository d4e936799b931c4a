-- Stage: customer_list_purchases
-- Grain: customer_id
-- Reads: customer_360
-- Means: what customers bought and may buy, for lists that are sorted by it; see customer_list.

select
    customer_id,
    c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell,
    order_days,
    units,
    gross_sales,
    discounts,
    returns,
    returned_amount,
    return_rate,
    typical_gap_days,
    orders_current_window,
    orders_previous_window,
    recent_order_days,
    expected_gap_days,
    churn_recency_ratio,
    churn_recency_part,
    churn_frequency_part,
    churn_service_part,
    churn_engagement_part,
    probability_active,
    expected_orders_90_days,
    expected_orders_365_days,
    expected_sales_90_days,
    expected_sales_365_days
from customer_360
