-- What the filters can be set to.

-- name: values
-- Every value of every dimension in the build, most customers first; null is written unknown.
select
    dimensions.dimension,
    coalesce(dimensions.value, 'unknown') as value,
    sum(customer_cells.customers)::bigint as customers
from customer_cells
cross join lateral (
    values
    ('value_segment', customer_cells.value_segment),
    ('rfm_segment', customer_cells.rfm_segment),
    ('churn_band', customer_cells.churn_band),
    ('country', customer_cells.country),
    ('acquisition_channel', customer_cells.acquisition_channel)
) as dimensions (dimension, value)
where customer_cells.moment = 'as_of'
group by dimensions.dimension, coalesce(dimensions.value, 'unknown')
order by dimensions.dimension, customers desc, value;
