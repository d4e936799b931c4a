-- Stage: customer_dimensions (kept)
-- Grain: customer_id
-- Reads: customer_360
-- Means: in which cell of the aggregates a customer counts; cell is its number in this build: to group by one number
--        costs a fraction of grouping by five texts. In an incremental run, customers whose cell differs from the kept
--        one are moved: their unchanged rows are taken out of one cell and put into the other.

select
    customer_id,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    first_order_at,
    dense_rank() over (order by value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell
from customer_360
