-- Stage: customer_facets
-- Grain: customer_id
-- Reads: basic_information, order_months, favourites, customer_engagement_profile
-- Means: what a customer is counted under in months, categories, brands and ratings, so that whoever asks who stands
--        behind such a number finds them. One row a customer: lists weigh a tenth of a row for each entry.

select
    basic_information.customer_id,
    order_months.order_months,
    favourites.categories,
    favourites.brands,
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
from basic_information
left join order_months on basic_information.customer_id = order_months.customer_id
left join favourites on basic_information.customer_id = favourites.customer_id
left join customer_engagement_profile as engagement on basic_information.customer_id = engagement.customer_id
