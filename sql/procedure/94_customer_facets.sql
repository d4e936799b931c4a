-- Stage: customer_facets
-- Grain: customer_id
-- Reads: customer_360, customer_months, customer_categories, customer_brands, customer_engagement_profile
-- Means: what a customer is counted under in months, categories, brands and ratings, so that whoever asks who stands
--        behind such a number finds them. One row a customer: lists weigh a tenth of a row for each entry.

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
        array_agg(coalesce(category, 'unknown')) as categories
    from customer_categories
    group by customer_id
),

brands as (
    select
        customer_id,
        array_agg(coalesce(brand, 'unknown')) as brands
    from customer_brands
    group by customer_id
)

select
    customer_360.customer_id,
    months.order_months,
    categories.categories,
    brands.brands,
    array_remove(
        array[
            case when engagement.ratings_1 > 0 then 1 end,
            case when engagement.ratings_2 > 0 then 2 end,
            case when engagement.ratings_3 > 0 then 3 end,
            case when engagement.ratings_4 > 0 then 4 end,
            case when engagement.ratings_5 > 0 then 5 end
        ],
        null
    ) as ratings
from customer_360
left join months on customer_360.customer_id = months.customer_id
left join categories on customer_360.customer_id = categories.customer_id
left join brands on customer_360.customer_id = brands.customer_id
left join customer_engagement_profile as engagement on customer_360.customer_id = engagement.customer_id
