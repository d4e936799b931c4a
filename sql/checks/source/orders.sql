-- Check: orders: which of them count as sales.

with limits as (
    select :currency::text as currency
),

counted as (
    select
        count(*) as of_rows,
        count(*) filter (where orders.customer_id is null) as no_customer,
        count(*) filter (where orders.customer_id is not null and customers.customer_id is null) as unknown_customer,
        count(*) filter (where orders.ordered_at is null) as no_time,
        count(*) filter (where orders.ordered_at > now()) as after_now,
        count(*) filter (where orders.status = 'cancelled') as cancelled,
        count(*) filter (where orders.status = 'pending') as pending,
        count(*) filter (
            where orders.status is null or orders.status not in ('completed', 'pending', 'cancelled')
        ) as unknown_status,
        count(*) filter (where orders.currency <> limits.currency) as other_currency
    from source.orders
    cross join limits
    left join source.customers on orders.customer_id = customers.customer_id
),

without_items as (
    select count(*) as orders
    from source.orders
    where
        orders.status = 'completed'
        and not exists (
            select from source.order_items
            where order_items.order_id = orders.order_id
        )
)

select
    finding.finding,
    finding.treatment,
    finding.rows,
    counted.of_rows,
    finding.sentence
from counted
cross join without_items
cross join lateral (
    values
    ('no customer', 'exclude', counted.no_customer, 'name no customer'),
    ('unknown customer', 'exclude', counted.unknown_customer, 'name a customer who is not among the customers'),
    ('no time', 'exclude', counted.no_time, 'have no ordered_at'),
    ('after now', 'exclude', counted.after_now, 'lie in the future; a build leaves out what is after its as-of'),
    ('cancelled', 'exclude', counted.cancelled, 'were cancelled'),
    ('pending', 'exclude', counted.pending, 'are not completed yet'),
    ('unknown status', 'exclude', counted.unknown_status, 'have a status other than completed, pending, cancelled'),
    ('other currency', 'exclude', counted.other_currency, 'are in another currency than the setting says'),
    ('no items', 'keep', without_items.orders, 'are completed but have no items, and count as orders of value 0')
) as finding (finding, treatment, rows, sentence)
