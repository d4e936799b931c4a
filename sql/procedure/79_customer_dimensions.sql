-- Stage: customer_dimensions (kept)
-- Grain: customer_id
-- Reads: customer_360
-- Means: in which cell of the aggregates a customer counts. In an incremental run, customers whose cell differs from
--        the kept one are moved: their unchanged rows are taken out of one cell and put into the other.

select
    customer_id,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    first_order_at
from customer_360
