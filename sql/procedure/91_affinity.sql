-- Stage: affinity
-- Grain: product_a, product_b
-- Reads: product_pairs, product_sales, customer_purchase_profile, settings
-- Means: products bought in the same order, among the products with the most orders: support = orders with both ÷ all
--        orders; confidence = orders with both ÷ orders with a; lift = confidence ÷ share of orders with b.

with total as (
    select sum(orders)::bigint as orders_all
    from customer_purchase_profile
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
from product_pairs as pairs
cross join settings
cross join total
inner join product_sales as top_a on pairs.product_a = top_a.product_id
inner join product_sales as top_b on pairs.product_b = top_b.product_id
where pairs.orders_both >= settings.affinity_minimum_orders
