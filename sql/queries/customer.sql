-- One customer. Ids are compared in the type that the build has them in (:this_customer), so that the index finds them.

-- name: id_type
-- The type of customer_id in the build: one row.
select format_type(atttypid, null) as id_type
from pg_attribute
where attrelid = to_regclass('customer_360') and attname = 'customer_id';

-- name: profile
-- One row or none: customer_id (text), customer (all columns as JSON).
select
    customer_360.customer_id::text as customer_id,
    to_jsonb(customer_360) as customer
from customer_360
where customer_360.customer_id = :this_customer;

-- name: other_ids
-- parameters: most
-- The ids beside their own under which the person is known: customer_id (text); so many at most.
select linked_customers.customer_id::text as customer_id
from linked_customers
where linked_customers.person_id = :this_customer
order by linked_customers.customer_id
limit :most;

-- name: cutoffs
-- From which value on a customer has a score: measure, score, from_value.
select
    measure,
    score,
    from_value
from score_cutoffs
where measure in ('recency', 'frequency', 'monetary')
order by measure, score;

-- name: likely_order_days
-- parameters: days, percent
-- On how many of the next days the customer will order with that probability: lowest, highest; no row without a model.
with seen as (
    select
        probability_active,
        order_days - 1 as repeat_days,
        (as_of at time zone timezone)::date - (first_order_at at time zone timezone)::date as observed_days
    from customer_360
    cross join settings
    where customer_360.customer_id = :this_customer
)

select (
    c360.likely_order_days(
        probability_active,
        r + repeat_days,
        alpha + observed_days,
        a,
        b + repeat_days + chances_at_first,
        :days,
        :percent / 100.0
    )
).*
from seen
cross join forecast_model
where r is not null;

-- name: kept_builds
-- The builds in the database that are or were published, newest first: build_id.
select run.run_id as build_id
from c360.run
inner join pg_namespace on pg_namespace.nspname = 'c360_b' || run.run_id
where run.state in ('published', 'replaced')
order by run.run_id desc;

-- name: timeline
-- parameters: row_limit, row_offset
-- What the customer did up to as-of, newest first; what a kind does not have is null.
-- All ids of the customer are a constant of the statement, so that a view in the source still finds them by index.
with ids as (
    select :this_customer as customer_id
    union
    select linked_customers.customer_id
    from linked_customers
    where linked_customers.person_id = :this_customer
),

bought as (
    select
        lines.order_id,
        sum(lines.quantity) as units,
        sum(lines.quantity * lines.unit_price - coalesce(lines.discount, 0)) as amount,
        string_agg(distinct coalesce(products.name, products.product_id::text), ', ') as products
    from source.order_items as lines
    left join source.products on lines.product_id = products.product_id
    where lines.customer_id = any(array(select ids.customer_id from ids))
    group by lines.order_id
),

events as (
    select
        'order' as kind,
        orders.ordered_at as happened_at,
        orders.order_id::text as reference,
        orders.status,
        orders.channel,
        bought.products as subject,
        bought.amount,
        bought.units,
        null::integer as rating,
        null::timestamptz as ended_at
    from source.orders
    left join bought on orders.order_id = bought.order_id
    where orders.customer_id = any(array(select ids.customer_id from ids))
    union all
    select
        'return',
        returns.returned_at,
        returns.return_id::text,
        null,
        null,
        coalesce(products.name, returns.product_id::text),
        returns.amount,
        null,
        null,
        null
    from source.returns
    left join source.products on returns.product_id = products.product_id
    where returns.customer_id = any(array(select ids.customer_id from ids))
    union all
    select
        'ticket',
        service_tickets.opened_at,
        service_tickets.ticket_id::text,
        case when service_tickets.closed_at <= settings.as_of then 'closed' else 'open' end,
        service_tickets.channel,
        service_tickets.category,
        null,
        null,
        case
            when coalesce(service_tickets.closed_at, service_tickets.opened_at) <= settings.as_of
                then service_tickets.satisfaction
        end,
        case when service_tickets.closed_at <= settings.as_of then service_tickets.closed_at end
    from source.service_tickets
    cross join settings
    where service_tickets.customer_id = any(array(select ids.customer_id from ids))
    union all
    -- Events without a session are a visit a day.
    select
        'visit',
        min(web_events.occurred_at),
        null,
        case
            when bool_or(web_events.event_type = 'purchase') then 'purchase'
            when bool_or(web_events.event_type = 'cart') then 'cart'
        end,
        null,
        null,
        null,
        count(*),
        null,
        max(web_events.occurred_at)
    from source.web_events
    cross join settings
    where
        web_events.customer_id = any(array(select ids.customer_id from ids))
        and web_events.occurred_at <= settings.as_of
    group by coalesce(web_events.session_id::text, web_events.occurred_at::date::text)
    union all
    select
        'campaign',
        coalesce(
            campaign_responses.sent_at,
            least(campaign_responses.opened_at, campaign_responses.clicked_at, campaign_responses.converted_at)
        ),
        campaign_responses.campaign_id::text,
        case
            when campaign_responses.converted_at <= settings.as_of then 'converted'
            when campaign_responses.clicked_at <= settings.as_of then 'clicked'
            when campaign_responses.opened_at <= settings.as_of then 'opened'
        end,
        campaigns.channel,
        coalesce(campaigns.name, campaign_responses.campaign_id::text),
        null,
        null,
        null,
        null
    from source.campaign_responses
    cross join settings
    left join source.campaigns on campaign_responses.campaign_id = campaigns.campaign_id
    where campaign_responses.customer_id = any(array(select ids.customer_id from ids))
)

select
    events.*,
    count(*) over () as total
from events
cross join settings
where
    events.happened_at <= settings.as_of
    -- The source may still have somebody whom the build does not know any more.
    and exists (
        select customer_360.customer_id
        from customer_360
        where customer_360.customer_id = :this_customer
    )
order by events.happened_at desc, events.kind asc, events.reference asc
limit :row_limit offset :row_offset;
