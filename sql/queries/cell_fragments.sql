-- Customers found by their cell: the combination of the five dimensions, as the index of customer_360 numbers it.

-- The same as numbers of cells, for customer_360, whose index finds a few customers, or the best of each cell, by them.
-- Several cells may have one number: the filter condition stands beside it.
-- fragment: cell_condition
(
    :without_filters
    or c360.cell_of(
        customer_360.value_segment,
        customer_360.rfm_segment,
        customer_360.churn_band,
        customer_360.country,
        customer_360.acquisition_channel
    ) = any(array(
        select c360.cell_of(value_segment, rfm_segment, churn_band, country, acquisition_channel)
        from customer_cells
        where moment = 'as_of' and :filter_condition
    ))
)

-- The customers worth most, as many as row_limit (null: all) and a few more. Without filters an index has their order.
-- With filters, whoever is among the best twenty stands in one of the twenty cells whose first customers are the best,
-- and of no other cell a customer is read. What the parameters exclude, PostgreSQL leaves out.
-- fragment: best_customers
-- parameters: row_limit
(
    (
        select *
        from customer_360
        where :without_filters
        order by customer_360.lifetime_value desc nulls last, customer_360.customer_id asc
        limit :row_limit
    )
    union all
    select best.*
    from (
        select
            c360.cell_of(value_segment, rfm_segment, churn_band, country, acquisition_channel) as cell,
            rank() over (order by max(highest_lifetime_value) desc nulls last) as place
        from customer_cells
        where moment = 'as_of' and not :without_filters and :filter_condition
        group by c360.cell_of(value_segment, rfm_segment, churn_band, country, acquisition_channel)
    ) as cells
    cross join lateral (
        select *
        from customer_360
        where :is_in_cell and :filter_condition
        order by customer_360.lifetime_value desc nulls last, customer_360.customer_id asc
        limit :row_limit
    ) as best
    where cast(:row_limit as bigint) is null or cells.place <= cast(:row_limit as bigint)
)

-- The same on a cluster, where every worker finds its own best, and no lateral limit goes beyond one worker.
-- fragment: best_customers_on_cluster
-- parameters: row_limit
(
    select *
    from customer_360
    where :filter_condition
    order by customer_360.lifetime_value desc nulls last, customer_360.customer_id asc
    limit :row_limit
)

-- fragment: without_filters
-- parameters: value_segment, rfm_segment, churn_band, country, acquisition_channel
(
    cast(:value_segment as text[]) is null
    and cast(:rfm_segment as text[]) is null
    and cast(:churn_band as text[]) is null
    and cast(:country as text[]) is null
    and cast(:acquisition_channel as text[]) is null
)

-- fragment: is_in_cell
c360.cell_of(
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel
) = cells.cell
