-- Check: service_tickets: which tickets and ratings count.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (where service_tickets.customer_id is null) as no_customer,
        count(*) filter (
            where service_tickets.customer_id is not null and customers.customer_id is null
        ) as unknown_customer,
        count(*) filter (where service_tickets.opened_at is null) as no_time,
        count(*) filter (where service_tickets.opened_at > now()) as after_now,
        count(*) filter (where service_tickets.satisfaction not between 1 and 5) as bad_rating,
        count(*) filter (where service_tickets.closed_at < service_tickets.opened_at) as closed_early
    from source.service_tickets
    left join source.customers on service_tickets.customer_id = customers.customer_id
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
    ('no time', 'exclude', counted.no_time, 'have no opened_at'),
    ('after now', 'exclude', counted.after_now, 'lie in the future; a build leaves out what is after its as-of'),
    ('rating outside 1–5', 'keep', counted.bad_rating, 'have a satisfaction outside 1–5; it counts as no rating'),
    ('closed before opened', 'keep', counted.closed_early, 'were closed before they were opened')
) as finding (finding, treatment, rows, sentence)
