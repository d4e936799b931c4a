-- Stage: source_rows (kept)
-- Grain: customer_id, relation, reason, order_id
-- Reads: c360_in.every_…, basic_information, settings
-- Means: every source row once, with the one reason why it is not counted (null: counted), and the net amount of lines.
--        An order is looked for among those of the row's customer; order_id only for strays, lines and returns whose
--        order is not there: exclusions tells whether it is somebody else's. Orders are looked at anew by each of the
--        three parts: kept aside once, they would keep the parts from being parallel.
-- Index: customer_id
-- Incremental: by customer

with known_orders as not materialized (
    select
        orders.order_id,
        orders.customer_id,
        'orders' as relation,
        case
            when orders.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when orders.ordered_at is null then 'no time'
            when orders.ordered_at > settings.as_of then 'after as-of'
            when orders.status in ('cancelled', 'pending') then orders.status
            when (orders.status = 'completed') is not true then 'unknown status'
            when coalesce(orders.currency, settings.currency) <> settings.currency then 'other currency'
        end as reason
    from c360_in.every_order as orders
    cross join settings
    left join basic_information as customers on orders.customer_id = customers.customer_id
),

known_items as (
    select
        order_items.customer_id,
        case
            when known_orders.order_id is null then 'unknown order'
            when quantity is null or quantity < 0 or quantity >= 'infinity' then 'quantity missing or negative'
            when unit_price is null or unit_price < 0 or unit_price >= 'infinity' then 'unit price missing or negative'
            when discount < 0 or discount >= 'infinity' then 'negative discount'
            when known_orders.reason is not null then 'order not counted'
        end as reason,
        'order_items' as relation,
        case when known_orders.order_id is null then order_items.order_id end as stray_order_id,
        order_items.quantity * order_items.unit_price - coalesce(order_items.discount, 0) as amount
    from c360_in.every_order_item as order_items
    left join known_orders
        on order_items.customer_id = known_orders.customer_id and order_items.order_id = known_orders.order_id
),

customers_with_orders as (
    select distinct customer_id
    from known_orders
    where reason is null
),

known_returns as (
    select
        returns.customer_id,
        case
            when returns.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when (returns.amount > 0 and returns.amount < 'infinity') is not true then 'amount missing or not positive'
            when returns.returned_at is null then 'no time'
            when returns.returned_at > settings.as_of then 'after as-of'
            when returns.order_id is not null and known_orders.order_id is null then 'unknown order'
            when known_orders.reason is not null then 'order not counted'
            when customers_with_orders.customer_id is null then 'customer without counted order'
        end as reason,
        'returns' as relation,
        case when known_orders.order_id is null then returns.order_id end as stray_order_id,
        returns.amount
    from c360_in.every_return as returns
    cross join settings
    left join basic_information as customers on returns.customer_id = customers.customer_id
    left join known_orders
        on returns.customer_id = known_orders.customer_id and returns.order_id = known_orders.order_id
    left join customers_with_orders on returns.customer_id = customers_with_orders.customer_id
),

-- Per customer first: what is asked of the customer is then asked once and not for every event.
events as (
    select 'web_events' as relation, customer_id, occurred_at > settings.as_of as is_later, count(*) as rows
    from c360_in.every_web_event
    cross join settings
    group by customer_id, is_later
    union all
    select 'service_tickets', customer_id, opened_at > settings.as_of as is_later, count(*)
    from c360_in.every_service_ticket
    cross join settings
    group by customer_id, is_later
    union all
    select 'campaign_responses', customer_id, coalesce(sent_at > settings.as_of, false) as is_later, count(*)
    from c360_in.every_campaign_response
    cross join settings
    group by customer_id, is_later
    union all
    select 'customers', customer_id, false, count(*)
    from c360_in.every_customer
    group by customer_id
),

known_events as (
    select
        events.customer_id,
        events.relation,
        case
            when events.relation = 'customers' then 'not a customer at as-of, erased or test'
            when events.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when events.is_later is null then 'no time'
            when events.is_later then 'after as-of'
        end as reason,
        events.rows
    from events
    left join basic_information as customers on events.customer_id = customers.customer_id
    where events.relation <> 'customers' or customers.customer_id is null
)

select customer_id, relation, reason, null as order_id, count(*) as rows, null::numeric as amount
from known_orders
group by customer_id, relation, reason
union all
select customer_id, relation, reason, stray_order_id, count(*), sum(amount)
from known_items
group by customer_id, relation, reason, stray_order_id
union all
select customer_id, relation, reason, stray_order_id, count(*), sum(amount)
from known_returns
group by customer_id, relation, reason, stray_order_id
union all
select customer_id, relation, reason, null, sum(rows)::bigint, null
from known_events
group by customer_id, relation, reason
