-- Stage: customer_purchase_profile
-- Grain: customer_id
-- Reads: purchase_statistics, favourites, settings
-- Means: what a customer bought and likes; customers with a counted order only.

select
    purchase_statistics.*,
    settings.as_of::date - purchase_statistics.last_order_at::date as recency_days,
    settings.comparison_as_of::date - purchase_statistics.comparison_last_order_at::date as comparison_recency_days,
    purchase_statistics.lifetime_value / purchase_statistics.orders as average_order_value,
    purchase_statistics.returned_amount
    / nullif(purchase_statistics.gross_sales - purchase_statistics.discounts, 0) as return_rate,
    purchase_statistics.span_days::double precision
    / nullif(purchase_statistics.order_days - 1, 0) as typical_gap_days,
    purchase_statistics.comparison_span_days::double precision
    / nullif(purchase_statistics.comparison_order_days - 1, 0) as comparison_typical_gap_days,
    favourites.favourite_product_id,
    favourites.favourite_product,
    favourites.favourite_category,
    favourites.favourite_brand
from purchase_statistics
cross join settings
left join favourites on purchase_statistics.customer_id = favourites.customer_id
