-- Check: customer_links: which ids are other ids of a person.
-- Each finding is counted by itself, so a row may stand under several.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (
            where
            links.customer_id <> links.person_id
            and links.person_id in (
                select customer_id from source.customer_links
                where customer_id <> person_id
            )
        ) as linked_on,
        count(*) filter (where links.person_id is null) as no_person,
        count(*) filter (where links.customer_id = links.person_id) as linked_to_itself,
        count(*) filter (where links.person_id is not null and persons.customer_id is null) as unknown_person,
        count(*) filter (where customers.customer_id is null) as unknown_customer
    from source.customer_links as links
    left join source.customers on links.customer_id = customers.customer_id
    left join source.customers as persons on links.person_id = persons.customer_id
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
    (
        'linked on',
        'stop',
        counted.linked_on,
        'lead to an id that is linked itself, in a chain or a circle; link each id straight to the person'
    ),
    ('no person', 'keep', counted.no_person, 'name no person, and link nothing'),
    ('linked to itself', 'keep', counted.linked_to_itself, 'lead to the same id, and link nothing'),
    (
        'unknown person',
        'keep',
        counted.unknown_person,
        'lead to a person without a row among the customers, who is then described by the newest linked row'
    ),
    (
        'unknown customer',
        'keep',
        counted.unknown_customer,
        'link an id that is not among the customers; its orders and visits count as the person''s'
    )
) as finding (finding, treatment, rows, sentence)
