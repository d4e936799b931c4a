-- The filter condition, written once: true for the customers that a page or an answer is about. It stands in every
-- question as {filter_condition} and reads the five dimensions that all tables of a build carry. A filter that is not
-- set is null; the word unknown means the customers without a value.

-- fragment: filter_condition
-- parameters: value_segment, rfm_segment, churn_band, country, acquisition_channel
(
    (
        cast(:value_segment as text[]) is null
        or coalesce(value_segment, 'unknown') = any(cast(:value_segment as text[]))
    )
    and (
        cast(:rfm_segment as text[]) is null
        or coalesce(rfm_segment, 'unknown') = any(cast(:rfm_segment as text[]))
    )
    and (
        cast(:churn_band as text[]) is null
        or coalesce(churn_band, 'unknown') = any(cast(:churn_band as text[]))
    )
    and (
        cast(:country as text[]) is null
        or coalesce(country, 'unknown') = any(cast(:country as text[]))
    )
    and (
        cast(:acquisition_channel as text[]) is null
        or coalesce(acquisition_channel, 'unknown') = any(cast(:acquisition_channel as text[]))
    )
)

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
