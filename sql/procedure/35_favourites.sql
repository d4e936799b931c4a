-- Stage: favourites (kept)
-- Grain: customer_id
-- Reads: sales_lines, known_products
-- Means: favourite = most units, then most spent, then most recent, then name (in byte order, equal on every server);
--        and the categories and brands that a customer bought, unknown is what has none. No window over all lines: they
--        lie by customer, and the sums of one customer are all that is ever sorted. A product's name is looked up only
--        where nothing else decides.
-- Incremental: by customer
-- Split: sales_lines

with products as (
    select
        customer_id,
        product_id,
        rank() over (
            partition by customer_id
            order by sum(units) desc, sum(gross_sales - discounts) desc, max(ordered_at) desc
        ) as place
    from sales_lines
    where product_id is not null
    group by customer_id, product_id
),

favourite_products as (
    select distinct on (products.customer_id)
        products.customer_id,
        products.product_id as favourite_product_id,
        coalesce(known_products.name, products.product_id::text) as favourite_product
    from products
    left join known_products on products.product_id = known_products.product_id
    where products.place = 1
    order by
        products.customer_id asc,
        known_products.name collate "C" asc nulls last,
        products.product_id::text collate "C" asc
),

categories as (
    select
        customer_id,
        category,
        sum(units) as units,
        sum(gross_sales - discounts) as spent,
        max(ordered_at) as last_bought_at
    from sales_lines
    group by customer_id, category
),

customer_categories as (
    select
        customer_id,
        array_agg(coalesce(category, 'unknown') order by category collate "C") as categories,
        (
            array_agg(category order by units desc, spent desc, last_bought_at desc, category collate "C")
            filter (where category is not null)
        )[1] as favourite_category
    from categories
    group by customer_id
),

brands as (
    select
        customer_id,
        brand,
        sum(units) as units,
        sum(gross_sales - discounts) as spent,
        max(ordered_at) as last_bought_at
    from sales_lines
    group by customer_id, brand
),

customer_brands as (
    select
        customer_id,
        array_agg(coalesce(brand, 'unknown') order by brand collate "C") as brands,
        (
            array_agg(brand order by units desc, spent desc, last_bought_at desc, brand collate "C")
            filter (where brand is not null)
        )[1] as favourite_brand
    from brands
    group by customer_id
)

select
    customer_categories.customer_id,
    favourite_products.favourite_product_id,
    favourite_products.favourite_product,
    customer_categories.favourite_category,
    customer_brands.favourite_brand,
    customer_categories.categories,
    customer_brands.brands
from customer_categories
inner join customer_brands on customer_categories.customer_id = customer_brands.customer_id
left join favourite_products on customer_categories.customer_id = favourite_products.customer_id
