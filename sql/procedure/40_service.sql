-- Stage: service (kept)
-- Grain: customer_id
-- Reads: c360_in.service_tickets, moments
-- Means: what a customer asked of the service and how content they were; comparison_ as of the comparison moment.
-- Incremental: by customer

with tickets as (
    select
        service_tickets.customer_id,
        service_tickets.opened_at,
        service_tickets.closed_at,
        service_tickets.satisfaction,
        opened_at > service_from as is_recent,
        opened_at <= comparison_as_of as comparison_opened,
        opened_at <= comparison_as_of and coalesce(closed_at, opened_at) <= comparison_as_of as comparison_rated,
        opened_at > comparison_service_from as comparison_recent
    from c360_in.service_tickets
    cross join moments
)

select
    customer_id,
    count(*) as tickets,
    count(*) filter (where closed_at is null) as open_tickets,
    max(opened_at) as last_ticket_at,
    count(satisfaction) as ratings,
    count(*) filter (where satisfaction >= 4) as satisfied_ratings,
    sum(satisfaction) as rating_sum,
    count(*) filter (where satisfaction = 1) as ratings_1,
    count(*) filter (where satisfaction = 2) as ratings_2,
    count(*) filter (where satisfaction = 3) as ratings_3,
    count(*) filter (where satisfaction = 4) as ratings_4,
    count(*) filter (where satisfaction = 5) as ratings_5,
    count(satisfaction) filter (where is_recent) as recent_ratings,
    count(*) filter (where is_recent and satisfaction <= 2) as recent_low_ratings,
    (avg(extract(epoch from closed_at - opened_at)) / 3600)::double precision as resolution_hours,
    count(*) filter (where comparison_opened) as comparison_tickets,
    count(satisfaction) filter (where comparison_rated) as comparison_ratings,
    count(*) filter (where comparison_rated and satisfaction >= 4) as comparison_satisfied_ratings,
    sum(satisfaction) filter (where comparison_rated) as comparison_rating_sum,
    count(satisfaction) filter (where comparison_rated and comparison_recent) as comparison_recent_ratings,
    count(*) filter (where comparison_rated and comparison_recent and satisfaction <= 2)
        as comparison_recent_low_ratings
from tickets
group by customer_id
