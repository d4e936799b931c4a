-- Stage: favourites (kept)
-- Grain: customer_id
-- Reads: customer_products, customer_categories, customer_brands, known_products
-- Means: favourite = most units, then most spent, then most recent, then name (in byte order, equal on every server).
-- Incremental: by customer

with favourite_products as (
    select distinct on (customer_products.customer_id)
        customer_products.customer_id,
        customer_products.product_id as favourite_product_id,
        coalesce(products.name, customer_products.product_id::text) as favourite_product
    from customer_products
    left join known_products as products on customer_products.product_id = products.product_id
    where customer_products.product_id is not null
    order by
        customer_products.customer_id asc,
        customer_products.units desc,
        customer_products.spent desc,
        customer_products.last_bought_at desc,
        products.name collate "C" asc nulls last,
        customer_products.product_id::text collate "C" asc
),

favourite_categories as (
    select distinct on (customer_id)
        customer_id,
        category as favourite_category
    from customer_categories
    where category is not null
    order by customer_id asc, units desc, spent desc, last_bought_at desc, category collate "C" asc
),

favourite_brands as (
    select distinct on (customer_id)
        customer_id,
        brand as favourite_brand
    from customer_brands
    where brand is not null
    order by customer_id asc, units desc, spent desc, last_bought_at desc, brand collate "C" asc
)

select
    favourite_products.customer_id,
    favourite_products.favourite_product_id,
    favourite_products.favourite_product,
    favourite_categories.favourite_category,
    favourite_brands.favourite_brand
from favourite_products
left join favourite_categories on favourite_products.customer_id = favourite_categories.customer_id
left join favourite_brands on favourite_products.customer_id = favourite_brands.customer_id
