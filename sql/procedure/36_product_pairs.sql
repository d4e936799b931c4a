-- Stage: product_pairs (kept)
-- Grain: product_a, product_b
-- Reads: sales_lines, top_products
-- Means: orders that hold both products. When other products are on top, an incremental run counts them all anew.
-- Incremental: added while top_products stay: orders_both

with baskets as (
    select distinct
        sales_lines.order_id,
        sales_lines.product_id
    from sales_lines
    inner join top_products on sales_lines.product_id = top_products.product_id
)

select
    a.product_id as product_a,
    b.product_id as product_b,
    count(*) as orders_both
from baskets as a
inner join baskets as b on a.order_id = b.order_id and a.product_id <> b.product_id
group by a.product_id, b.product_id
