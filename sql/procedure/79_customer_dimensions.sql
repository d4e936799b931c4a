-- Stage: customer_dimensions (kept)
-- Grain: customer_id
-- Reads: customer_360
-- Means: in which cell of the aggregates a customer counts; cell is its number in this build: to group by one number
--        costs a fraction of grouping by five texts. In an incremental run, customers whose cell differs from the kept
--        one are moved: their unchanged rows are taken out of one cell and put into the other.

with cells as (
    select
        value_segment,
        rfm_segment,
        churn_band,
        country,
        acquisition_channel,
        row_number() over (order by value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell
    from customer_360
    group by value_segment, rfm_segment, churn_band, country, acquisition_channel
)

select
    customers.customer_id,
    customers.value_segment,
    customers.rfm_segment,
    customers.churn_band,
    customers.country,
    customers.acquisition_channel,
    customers.first_order_at,
    cells.cell
from customer_360 as customers
inner join cells
    on
        c360.cell_of(
            customers.value_segment,
            customers.rfm_segment,
            customers.churn_band,
            customers.country,
            customers.acquisition_channel
        ) = c360.cell_of(
            cells.value_segment, cells.rfm_segment, cells.churn_band, cells.country, cells.acquisition_channel
        )
        and (
            customers.value_segment,
            customers.rfm_segment,
            customers.churn_band,
            customers.country,
            customers.acquisition_channel
        ) is not distinct from (
            cells.value_segment, cells.rfm_segment, cells.churn_band, cells.country, cells.acquisition_channel
        )
