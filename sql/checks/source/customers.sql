-- Check: customers: who they are.
-- Each finding is counted by itself, so a row may stand under several; a build counts it under the first reason.

with customers_with_orders as (
    select distinct customer_id
    from source.orders
    where status = 'completed' and ordered_at <= now()
),

counted as (
    select
        count(*) as of_rows,
        count(*) filter (
            where customers.signup_at > now() and customers_with_orders.customer_id is null
        ) as after_now,
        count(*) filter (
            where customers.birth_date > now()::date or customers.birth_date < now()::date - interval '120 years'
        ) as implausible_birth_date
    from source.customers
    left join customers_with_orders on customers.customer_id = customers_with_orders.customer_id
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
    ('after now', 'exclude', counted.after_now, 'signed up in the future and have not ordered yet'),
    ('implausible birth date', 'keep', counted.implausible_birth_date, 'were born in the future or over 120 years ago')
) as finding (finding, treatment, rows, sentence)
