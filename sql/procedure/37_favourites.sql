-- Stage: favourites (kept)
-- Grain: customer_id
-- Reads: customer_products, customer_categories, customer_brands, known_products
-- Means: favourite = most units, then most spent, then most recent, then name (in byte order, equal on every server);
--        and the categories and brands that a customer bought, unknown is what has none. No window: PostgreSQL computes
--        none in parallel. What has fewer units than the most falls out before anything is sorted.
-- Incremental: by customer
-- Split: customer_products, customer_categories, customer_brands

with most_units as (
    select
        customer_id,
        max(units) as units
    from customer_products
    where product_id is not null
    group by customer_id
),

products as (
    select distinct on (bought.customer_id)
        bought.customer_id,
        bought.product_id as favourite_product_id,
        coalesce(known_products.name, bought.product_id::text) as favourite_product
    from customer_products as bought
    inner join most_units on bought.customer_id = most_units.customer_id and bought.units = most_units.units
    left join known_products on bought.product_id = known_products.product_id
    where bought.product_id is not null
    order by
        bought.customer_id asc,
        bought.spent desc,
        bought.last_bought_at desc,
        known_products.name collate "C" asc nulls last,
        bought.product_id::text collate "C" asc
),

categories as (
    select
        customer_id,
        array_agg(coalesce(category, 'unknown') order by category collate "C") as categories,
        (
            array_agg(category order by units desc, spent desc, last_bought_at desc, category collate "C")
            filter (where category is not null)
        )[1] as favourite_category
    from customer_categories
    group by customer_id
),

brands as (
    select
        customer_id,
        array_agg(coalesce(brand, 'unknown') order by brand collate "C") as brands,
        (
            array_agg(brand order by units desc, spent desc, last_bought_at desc, brand collate "C")
            filter (where brand is not null)
        )[1] as favourite_brand
    from customer_brands
    group by customer_id
)

select
    categories.customer_id,
    products.favourite_product_id,
    products.favourite_product,
    categories.favourite_category,
    brands.favourite_brand,
    categories.categories,
    brands.brands
from categories
inner join brands on categories.customer_id = brands.customer_id
left join products on categories.customer_id = products.customer_id
