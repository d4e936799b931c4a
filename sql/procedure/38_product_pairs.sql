-- Stage: product_pairs (kept)
-- Grain: product_a, product_b
-- Reads: sales_lines, top_products
-- Means: orders that hold both products. When other products are on top, an incremental run counts them all anew.
--        Each basket is gathered once, and its pairs come out of it: a join of baskets with themselves would have to
--        keep them aside, and PostgreSQL lets no parallel process read what is kept aside.
-- Incremental: added while top_products stay: orders_both
-- Split: sales_lines

with baskets as (
    select
        sales_lines.customer_id,
        sales_lines.order_id,
        array_agg(distinct sales_lines.product_id) as products
    from sales_lines
    inner join top_products on sales_lines.product_id = top_products.product_id
    group by sales_lines.customer_id, sales_lines.order_id
    having count(*) > 1
)

select
    a.product_id as product_a,
    b.product_id as product_b,
    count(*) as orders_both
from baskets
cross join unnest(baskets.products) as a (product_id)
cross join unnest(baskets.products) as b (product_id)
where a.product_id <> b.product_id
group by a.product_id, b.product_id
