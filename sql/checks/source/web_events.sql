-- Check: web_events: which events count.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (where web_events.customer_id is null) as no_customer,
        count(*) filter (
            where web_events.customer_id is not null and customers.customer_id is null
        ) as unknown_customer,
        count(*) filter (where web_events.occurred_at is null) as no_time,
        count(*) filter (where web_events.occurred_at > now()) as after_now,
        count(*) filter (where web_events.session_id is null) as no_session,
        count(*) filter (
            where web_events.event_type is null or web_events.event_type not in ('view', 'cart', 'purchase')
        ) as other_type
    from source.web_events
    left join source.customers on web_events.customer_id = customers.customer_id
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
    ('no time', 'exclude', counted.no_time, 'have no occurred_at'),
    ('after now', 'exclude', counted.after_now, 'lie in the future; a build leaves out what is after its as-of'),
    ('no session', 'keep', counted.no_session, 'belong to no session and count as events only'),
    ('other event type', 'keep', counted.other_type, 'are neither view, cart nor purchase and count as events only')
) as finding (finding, treatment, rows, sentence)
