-- What the filters can be set to.

-- name: choices
-- Every value of every dimension in the build, most customers first; null is written unknown.
with cells as (
    select
        customers,
        jsonb_build_object(
            'value_segment', value_segment,
            'rfm_segment', rfm_segment,
            'churn_band', churn_band,
            'country', country,
            'acquisition_channel', acquisition_channel
        ) as dimensions
    from customer_cells
    where moment = 'as_of'
),

choices as (
    select
        dimension.key as dimension,
        coalesce(dimension.value, 'unknown') as choice,
        sum(cells.customers) as customers
    from cells
    cross join jsonb_each_text(cells.dimensions) as dimension
    group by dimension.key, coalesce(dimension.value, 'unknown')
)

select
    dimension,
    choice
from choices
order by dimension asc, customers desc, choice asc;

-- name: months
-- The months with a sale or a return, the newest first.
select distinct month
from monthly_sales
order by month desc;
