-- Stage: source_totals (working)
-- Grain: relation
-- Reads: c360_in.every_…, source_rows
-- Means: how many rows of the source count, and their net amount: all of them, less those with a reason not to. What
--        the build made of the source must equal these. They are counted without any of its joins, in an incremental
--        run too, so that a change that nobody logged is found out.

with every as (
    select 'orders' as relation, count(*) as rows, null::numeric as amount
    from c360_in.every_order
    union all
    select 'order_items', count(*), sum(amount) filter (where abs(amount) < 'infinity')
    from (select quantity * unit_price - coalesce(discount, 0) as amount from c360_in.every_order_item) as lines
    union all
    select 'returns', count(*), sum(amount) filter (where abs(amount) < 'infinity')
    from c360_in.every_return
    union all
    select 'service_tickets', count(*), null
    from c360_in.every_service_ticket
    union all
    select 'web_events', count(*), null
    from c360_in.every_web_event
    union all
    select 'campaign_responses', count(*), null
    from c360_in.every_campaign_response
),

uncounted as (
    select relation, sum(rows) as rows, sum(amount) as amount
    from source_rows
    group by relation
)

select
    every.relation,
    every.rows - coalesce(uncounted.rows, 0) as rows,
    coalesce(every.amount, 0) - coalesce(uncounted.amount, 0) as amount
from every
left join uncounted on every.relation = uncounted.relation
