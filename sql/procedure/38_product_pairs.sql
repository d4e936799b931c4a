-- Stage: product_pairs (kept)
-- Grain: product_a, product_b
-- Reads: sales_lines, top_products
-- Means: orders that hold both products. When other products are on top, an incremental run counts them all anew.
--        Each pair is counted once and then told both ways, which halves the join.
-- Incremental: added while top_products stay: orders_both
-- Split: sales_lines

with baskets as (
    select distinct
        sales_lines.customer_id,
        sales_lines.order_id,
        sales_lines.product_id
    from sales_lines
    inner join top_products on sales_lines.product_id = top_products.product_id
),

pairs as (
    select
        a.product_id as first_product,
        b.product_id as second_product,
        count(*) as orders_both
    from baskets as a
    inner join baskets as b on a.order_id = b.order_id and a.product_id < b.product_id
    -- As a condition of the join it would be taken for chance, and a handful of pairs expected.
    where case when a.customer_id = b.customer_id then true end
    group by a.product_id, b.product_id
)

select
    case when is_turned then second_product else first_product end as product_a,
    case when is_turned then first_product else second_product end as product_b,
    orders_both
from pairs
cross join (values (false), (true)) as ways (is_turned)
