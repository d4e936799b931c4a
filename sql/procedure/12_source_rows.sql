-- Stage: source_rows (working)
-- Grain: relation, reason
-- Reads: source.*, c360_in.customers
-- Means: every source row once, with the one reason why it is not counted (null: counted), and the net amount of lines.

with limits as (
    select c360.as_of() as as_of, c360.setting_value('currency') as currency
),

known_orders as (
    select
        orders.order_id,
        orders.customer_id,
        case
            when orders.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when orders.ordered_at is null then 'no time'
            when orders.ordered_at > limits.as_of then 'after as-of'
            when orders.status in ('cancelled', 'pending') then orders.status
            when (orders.status = 'completed') is not true then 'unknown status'
            when coalesce(orders.currency, limits.currency) <> limits.currency then 'other currency'
        end as reason
    from source.orders
    cross join limits
    left join c360_in.customers on orders.customer_id = customers.customer_id
),

known_items as (
    select
        case
            when known_orders.order_id is null then 'unknown order'
            when (order_items.customer_id = known_orders.customer_id) is not true then 'customer differs from order'
            when quantity is null or quantity < 0 or quantity >= 'infinity' then 'quantity missing or negative'
            when unit_price is null or unit_price < 0 or unit_price >= 'infinity' then 'unit price missing or negative'
            when discount < 0 or discount >= 'infinity' then 'negative discount'
            when known_orders.reason is not null then 'order not counted'
        end as reason,
        order_items.quantity * order_items.unit_price - coalesce(order_items.discount, 0) as amount
    from source.order_items
    left join known_orders on order_items.order_id = known_orders.order_id
),

customers_with_orders as (
    select distinct customer_id
    from known_orders
    where reason is null
),

known_returns as (
    select
        case
            when returns.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when (returns.amount > 0 and returns.amount < 'infinity') is not true then 'amount missing or not positive'
            when returns.returned_at is null then 'no time'
            when returns.returned_at > limits.as_of then 'after as-of'
            when returns.order_id is not null and known_orders.order_id is null then 'unknown order'
            when known_orders.customer_id <> returns.customer_id then 'customer differs from order'
            when known_orders.reason is not null then 'order not counted'
            when customers_with_orders.customer_id is null then 'customer without counted order'
        end as reason,
        returns.amount
    from source.returns
    cross join limits
    left join c360_in.customers on returns.customer_id = customers.customer_id
    left join known_orders on returns.order_id = known_orders.order_id
    left join customers_with_orders on returns.customer_id = customers_with_orders.customer_id
),

known_events as (
    select
        'web_events' as relation,
        customer_id,
        occurred_at as happened_at,
        false as may_lack_time
    from source.web_events
    union all
    select 'service_tickets', customer_id, opened_at, false
    from source.service_tickets
    union all
    select 'campaign_responses', customer_id, sent_at, true
    from source.campaign_responses
),

reasons_of_events as (
    select
        known_events.relation,
        case
            when known_events.customer_id is null then 'no customer'
            when customers.customer_id is null then 'unknown customer'
            when known_events.happened_at is null and not known_events.may_lack_time then 'no time'
            when known_events.happened_at > limits.as_of then 'after as-of'
        end as reason
    from known_events
    cross join limits
    left join c360_in.customers on known_events.customer_id = customers.customer_id
)

select 'orders' as relation, reason, count(*) as rows, null::numeric as amount
from known_orders
group by reason
union all
select 'order_items', reason, count(*), sum(amount)
from known_items
group by reason
union all
select 'returns', reason, count(*), sum(amount)
from known_returns
group by reason
union all
select relation, reason, count(*), null
from reasons_of_events
group by relation, reason
union all
select 'customers', 'not a customer at as-of, erased or test', count(*), null
from source.customers
left join c360_in.customers as known on customers.customer_id = known.customer_id
where known.customer_id is null
having count(*) > 0
