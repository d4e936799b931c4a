-- Stage: customer_lists (kept)
-- Grain: customer_id
-- Reads: customer_months, customer_categories, customer_brands
-- Means: in which months a customer ordered, and of which categories and brands; unknown is what has none.
-- Incremental: by customer

with months as (
    select
        customer_id,
        array_agg(month order by month) as order_months
    from customer_months
    where orders > 0
    group by customer_id
),

categories as (
    select
        customer_id,
        array_agg(coalesce(category, 'unknown') order by category collate "C") as categories
    from customer_categories
    group by customer_id
),

brands as (
    select
        customer_id,
        array_agg(coalesce(brand, 'unknown') order by brand collate "C") as brands
    from customer_brands
    group by customer_id
)

select
    months.customer_id,
    months.order_months,
    categories.categories,
    brands.brands
from months
left join categories on months.customer_id = categories.customer_id
left join brands on months.customer_id = brands.customer_id
