-- Stage: customer_list_person
-- Grain: customer_id
-- Reads: customer_360
-- Means: who customers are and what they like, for lists that are sorted by it; see customer_list.

select
    customer_id,
    c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell,
    email,
    phone,
    region,
    birth_date,
    age,
    gender,
    tenure_days,
    marketing_consent,
    favourite_product_id,
    favourite_product,
    favourite_category,
    favourite_brand,
    rfm_score,
    forecast_reason
from customer_360
