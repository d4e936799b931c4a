-- Check: returns: which refunds count.

with limits as (
    select :currency::text as currency
),

counted_orders as (
    select
        orders.order_id,
        orders.customer_id
    from source.orders
    cross join limits
    inner join source.customers on orders.customer_id = customers.customer_id
    where
        orders.status = 'completed'
        and orders.ordered_at <= now()
        and (orders.currency is null or orders.currency = coalesce(limits.currency, orders.currency))
),

customers_with_orders as (
    select distinct customer_id
    from counted_orders
),

counted as (
    select
        count(*) as of_rows,
        count(*) filter (where returns.customer_id is null) as no_customer,
        count(*) filter (where returns.customer_id is not null and customers.customer_id is null) as unknown_customer,
        count(*) filter (where returns.amount is null or returns.amount <= 0) as bad_amount,
        count(*) filter (where returns.returned_at is null) as no_time,
        count(*) filter (where returns.returned_at > now()) as after_now,
        count(*) filter (where returns.order_id is not null and orders.order_id is null) as unknown_order,
        count(*) filter (where orders.customer_id <> returns.customer_id) as other_customer,
        count(*) filter (where orders.order_id is not null and counted_orders.order_id is null) as order_not_counted,
        count(*) filter (
            where customers.customer_id is not null and customers_with_orders.customer_id is null
        ) as customer_not_counted,
        count(*) filter (where returns.order_id is null) as no_order
    from source.returns
    left join source.customers on returns.customer_id = customers.customer_id
    left join source.orders on returns.order_id = orders.order_id
    left join counted_orders on returns.order_id = counted_orders.order_id
    left join customers_with_orders on returns.customer_id = customers_with_orders.customer_id
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
    ('no customer', 'exclude', counted.no_customer, 'name no customer'),
    ('unknown customer', 'exclude', counted.unknown_customer, 'name a customer who is not among the customers'),
    ('amount missing or not positive', 'exclude', counted.bad_amount, 'have no amount, or one that is not above 0'),
    ('no time', 'exclude', counted.no_time, 'have no returned_at'),
    ('after now', 'exclude', counted.after_now, 'lie in the future; a build leaves out what is after its as-of'),
    ('unknown order', 'exclude', counted.unknown_order, 'name an order that is not among the orders'),
    ('customer differs from order', 'exclude', counted.other_customer, 'name another customer than their order'),
    ('order not counted', 'exclude', counted.order_not_counted, 'belong to an order that is not counted'),
    (
        'customer without counted order',
        'exclude',
        counted.customer_not_counted,
        'belong to a customer none of whose orders is counted'
    ),
    ('no order', 'keep', counted.no_order, 'name no order; they count for their customer on their own date')
) as finding (finding, treatment, rows, sentence)
