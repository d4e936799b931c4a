-- The questions of the products page. Money in the currency of the build, before returns. Brands take the filters;
-- products and pairs of products are those of all customers, for they are kept without their customers.

-- name: brand_performance
-- Sales of each brand, largest first; null is what has no brand.
select
    brand,
    round(sum(net_sales), 2) as net_sales,
    sum(units) as units,
    sum(orders)::bigint as orders,
    sum(customers)::bigint as customers
from brand_sales
where :filter_condition
group by brand
order by sum(net_sales) desc, brand asc;

-- name: category_brand_sales
-- Sales of each brand within each category, largest first; null is what has none.
select
    category,
    brand,
    round(sum(net_sales), 2) as net_sales,
    sum(units) as units
from category_brand_sales
where :filter_condition
group by category, brand
order by sum(net_sales) desc, category asc, brand asc;

-- name: product_concentration
-- parameters: points
-- The share of all sales that the best products bring together, at not more than that many places of the ranking.
with ranked as (
    select
        row_number() over best_first as products,
        sum(net_sales) over best_first as net_sales,
        count(*) over () as all_products,
        sum(net_sales) over () as all_net_sales
    from product_sales
    window best_first as (order by net_sales desc, product_id::text asc rows unbounded preceding)
)

select
    products,
    round(products::numeric / all_products, 6) as share_of_products,
    round(net_sales, 2) as net_sales,
    round(net_sales / nullif(all_net_sales, 0), 6) as cumulative_share
from ranked
where products * :points / all_products > (products - 1) * :points / all_products
order by products;

-- name: concentration_summary
-- parameters: share
-- One row: all products, and how many of the best bring that share of the sales; null when nothing was sold.
with ranked as (
    select
        sum(net_sales) over best_first - net_sales as better_net_sales,
        sum(net_sales) over () as all_net_sales
    from product_sales
    window best_first as (order by net_sales desc, product_id::text asc rows unbounded preceding)
)

select
    cast(:share as numeric) as share,
    count(*) as products,
    case
        when max(all_net_sales) > 0
            then count(*) filter (where better_net_sales < all_net_sales * cast(:share as numeric))
    end as products_for_share
from ranked;

-- name: top_products
-- parameters: row_limit
-- The products that sell most; equal sales in the order of their ids.
select
    product_id::text as product_id,
    name,
    category,
    brand,
    units,
    orders,
    customers,
    round(net_sales, 2) as net_sales,
    round(net_sales / nullif(sum(net_sales) over (), 0), 6) as share_of_sales
from product_sales
order by product_sales.net_sales desc, product_sales.product_id::text asc
limit :row_limit;

-- name: bought_together
-- parameters: row_limit
-- Pairs of products in the same order, highest lift first, among the half of the pairs with the most common orders;
-- of the two directions of a pair the one with the higher confidence.
with pairs as (
    select
        product_a::text as product_a,
        product_b::text as product_b,
        name_a,
        name_b,
        orders_both,
        support,
        confidence,
        lift
    from affinity
    -- Both directions rest on the same orders: the confidence is higher from the product with fewer orders.
    where orders_a < orders_b or (orders_a = orders_b and product_a::text < product_b::text)
),

supported as (
    select percentile_disc(0.5) within group (order by orders_both) as minimum_orders
    from pairs
)

select
    pairs.product_a,
    pairs.product_b,
    pairs.name_a,
    pairs.name_b,
    pairs.orders_both,
    pairs.support,
    pairs.confidence,
    pairs.lift
from pairs
inner join supported on pairs.orders_both >= supported.minimum_orders
order by pairs.lift desc, pairs.orders_both desc, pairs.product_a asc, pairs.product_b asc
limit :row_limit;
