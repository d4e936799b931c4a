-- Stage: exclusions
-- Grain: relation, reason
-- Reads: source_rows, c360_in.every_order
-- Means: the source rows that this build does not count, with the reason. Of strays, which are few, it is told here
--        whether the order that they name is unknown or somebody else's.

with strays as (
    select distinct order_id
    from source_rows
    where reason = 'unknown order'
),

orders_of_others as (
    select orders.order_id, orders.customer_id
    from c360_in.every_order as orders
    inner join strays on orders.order_id = strays.order_id
),

told as (
    select
        source_rows.relation,
        source_rows.rows,
        case
            when source_rows.reason <> 'unknown order' or orders_of_others.order_id is null then source_rows.reason
            when source_rows.relation = 'returns' and orders_of_others.customer_id is null then 'order not counted'
            else 'customer differs from order'
        end as reason
    from source_rows
    left join orders_of_others on source_rows.order_id = orders_of_others.order_id
)

select
    relation,
    reason,
    'exclude' as treatment,
    sum(rows)::bigint as rows
from told
group by relation, reason
