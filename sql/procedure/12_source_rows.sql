-- Stage: source_rows (kept)
-- Grain: customer_id, relation, reason, order_id
-- Reads: c360_in.every_…, basic_information, settings
-- Means: the source rows that are not counted, with the one reason why, and the net amount of lines and returns; what
--        counts is left out, for it is nearly everything. An order is looked for among those of the row's customer;
--        order_id only for strays, lines and returns whose order is not there: whether it is somebody else's is told
--        by exclusions. Orders are looked at anew by each of the three parts: kept aside once, they would keep the
--        parts from being parallel.
-- Index: customer_id
-- Incremental: by customer

with known_orders as not materialized (
    select
        orders.order_id,
        orders.customer_id,
        case
            when orders.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when orders.ordered_at is null then 'no time'
            when orders.ordered_at > (select as_of from settings) then 'after as-of'
            when orders.status in ('cancelled', 'pending') then orders.status
            when (orders.status = 'completed') is not true then 'unknown status'
            when orders.currency <> (select currency from settings) then 'other currency'
        end as reason
    from c360_in.every_order as orders
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
            when returns.returned_at > (select as_of from settings) then 'after as-of'
            when returns.order_id is not null and known_orders.order_id is null then 'unknown order'
            when known_orders.reason is not null then 'order not counted'
            when customers_with_orders.customer_id is null then 'customer without counted order'
        end as reason,
        case when known_orders.order_id is null then returns.order_id end as stray_order_id,
        returns.amount
    from c360_in.every_return as returns
    left join basic_information as customers on returns.customer_id = customers.customer_id
    left join known_orders
        on returns.customer_id = known_orders.customer_id and returns.order_id = known_orders.order_id
    left join customers_with_orders on returns.customer_id = customers_with_orders.customer_id
),

events as (
    select 'web_events' as relation, customer_id, occurred_at > (select as_of from settings) as is_later
    from c360_in.every_web_event
    union all
    select 'service_tickets', customer_id, opened_at > (select as_of from settings)
    from c360_in.every_service_ticket
    union all
    select 'campaign_responses', customer_id, coalesce(sent_at > (select as_of from settings), false)
    from c360_in.every_campaign_response
),

known_events as (
    select
        events.customer_id,
        events.relation,
        case
            when events.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when events.is_later is null then 'no time'
            when events.is_later then 'after as-of'
        end as reason
    from events
    left join basic_information as customers on events.customer_id = customers.customer_id
)

select
    customer_id,
    'orders' as relation,
    reason,
    null as order_id,
    count(*) as rows,
    null::numeric as amount
from known_orders
where reason is not null
group by customer_id, reason
union all
select
    customer_id,
    'order_items',
    reason,
    stray_order_id,
    count(*),
    sum(amount) filter (where amount > '-infinity' and amount < 'infinity')
from known_items
where reason is not null
group by customer_id, reason, stray_order_id
union all
select
    customer_id,
    'returns',
    reason,
    stray_order_id,
    count(*),
    sum(amount) filter (where amount > '-infinity' and amount < 'infinity')
from known_returns
where reason is not null
group by customer_id, reason, stray_order_id
union all
select customer_id, relation, reason, null, count(*), null
from known_events
where reason is not null
group by customer_id, relation, reason
union all
select every.customer_id, 'customers', 'not a customer at as-of, erased or test', null, count(*), null
from c360_in.every_customer as every
left join basic_information as customers on every.customer_id = customers.customer_id
where customers.customer_id is null
group by every.customer_id
