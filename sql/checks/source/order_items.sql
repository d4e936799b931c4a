-- Check: order_items: which lines count as sales.

with limits as (
    select :currency::text as currency
),

counted as (
    select
        count(*) as of_rows,
        count(*) filter (where orders.order_id is null) as unknown_order,
        count(*) filter (
            where orders.order_id is not null and order_items.customer_id is distinct from orders.customer_id
        ) as other_customer,
        count(*) filter (where order_items.quantity is null or order_items.quantity < 0) as bad_quantity,
        count(*) filter (where order_items.unit_price is null or order_items.unit_price < 0) as bad_price,
        count(*) filter (where order_items.discount < 0) as negative_discount,
        count(*) filter (
            where
            order_items.discount > order_items.quantity * order_items.unit_price
            and order_items.quantity >= 0 and order_items.unit_price >= 0
        ) as large_discount,
        count(*) filter (
            where orders.order_id is not null
            and (
                customers.customer_id is null
                or orders.ordered_at is null
                or orders.ordered_at > now()
                or orders.status is distinct from 'completed'
                or orders.currency <> limits.currency
            )
        ) as order_not_counted,
        count(*) filter (where products.product_id is null) as unknown_product
    from source.order_items
    cross join limits
    left join source.orders on order_items.order_id = orders.order_id
    left join source.customers on orders.customer_id = customers.customer_id
    left join source.products on order_items.product_id = products.product_id
)

select
    finding.finding,
    finding.treatment,
    finding.rows,
    counted.of_rows,
    finding.sentence
from counted
cross join lateral (
    values
    ('unknown order', 'exclude', counted.unknown_order, 'belong to no order'),
    (
        'customer differs from order',
        'exclude',
        counted.other_customer,
        'name another customer than their order, or none where it has one'
    ),
    ('quantity missing or negative', 'exclude', counted.bad_quantity, 'have no quantity or one below 0'),
    ('unit price missing or negative', 'exclude', counted.bad_price, 'have no unit price or one below 0'),
    ('negative discount', 'exclude', counted.negative_discount, 'have a discount below 0'),
    ('order not counted', 'exclude', counted.order_not_counted, 'belong to an order that is not counted'),
    ('discount above price', 'keep', counted.large_discount, 'cost less than nothing: the discount exceeds the price'),
    ('unknown product', 'keep', counted.unknown_product, 'name no product, or one that is not among the products')
) as finding (finding, treatment, rows, sentence)
