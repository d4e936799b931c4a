-- Stage: affinity
-- Grain: product_a, product_b
-- Reads: sales_lines, counted_orders, product_sales, settings
-- Means: products bought in the same order, among the products with the most orders: support = orders with both ÷ all
--        orders; confidence = orders with both ÷ orders with a; lift = confidence ÷ share of orders with b.

with top_products as (
    select
        product_id,
        name,
        orders
    from product_sales
    order by orders desc, product_id::text collate "C"
    limit (select settings.affinity_products::integer from settings)
),

baskets as (
    select distinct
        sales_lines.order_id,
        sales_lines.product_id
    from sales_lines
    inner join top_products on sales_lines.product_id = top_products.product_id
),

pairs as (
    select
        a.product_id as product_a,
        b.product_id as product_b,
        count(*) as orders_both
    from baskets as a
    inner join baskets as b on a.order_id = b.order_id and a.product_id <> b.product_id
    group by a.product_id, b.product_id
    having count(*) >= (select settings.affinity_minimum_orders from settings)
),

total as (
    select count(*) as orders_all
    from counted_orders
)

select
    pairs.product_a,
    pairs.product_b,
    top_a.name as name_a,
    top_b.name as name_b,
    top_a.orders as orders_a,
    top_b.orders as orders_b,
    pairs.orders_both,
    total.orders_all,
    pairs.orders_both::double precision / total.orders_all as support,
    pairs.orders_both::double precision / top_a.orders as confidence,
    pairs.orders_both::double precision * total.orders_all / top_a.orders / top_b.orders as lift
from pairs
inner join top_products as top_a on pairs.product_a = top_a.product_id
inner join top_products as top_b on pairs.product_b = top_b.product_id
cross join total
