-- Stage: customer_dimensions (kept)
-- Grain: customer_id
-- Reads: customer_360
-- Means: in which cell of the aggregates a customer counts; cell is a hash of the five dimensions: to group by one
--        number costs a fraction of grouping by five texts, and a hash, unlike a numbering of all cells, is computed
--        row by row, in parallel. It has 64 bits: were two cells ever given the same one, their months would be counted
--        twice, and the build rejected. In an incremental run, customers whose cell differs from the kept one are
--        moved: their unchanged rows are taken out of one cell and put into the other.

select
    customer_id,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    first_order_at,
    c360.cell_number(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell
from customer_360
