-- Stage: stop_checks (working)
-- Grain: name
-- Reads: customer_360, customer_cells, monthly_sales, source_totals, linked_customers
-- Means: what must hold, or the build is rejected: its sums are those of the source, its scores lie in their ranges.
--        How to add a check: one more row of values, (name, observed, expected, sentence).

with counted as (
    select
        sum(rows) filter (where relation = 'orders') as orders,
        sum(amount) filter (where relation = 'order_items')
        - sum(amount) filter (where relation = 'returns') as net_sales,
        sum(rows) filter (where relation = 'service_tickets') as tickets,
        sum(rows) filter (where relation = 'web_events') as web_events,
        sum(rows) filter (where relation = 'campaign_responses') as campaigns_received
    from source_totals
),

customers as (
    select
        count(*) as customers,
        coalesce(sum(orders), 0) as orders,
        coalesce(sum(lifetime_value), 0) as lifetime_value,
        coalesce(sum(tickets), 0) as tickets,
        coalesce(sum(web_events), 0) as web_events,
        coalesce(sum(campaigns_received), 0) as campaigns_received,
        count(*) filter (
            where
            least(recency_score, frequency_score, monetary_score) < 1
            or greatest(recency_score, frequency_score, monetary_score) > 5
            or num_nulls(recency_score, frequency_score, monetary_score, orders) not in (0, 4)
        ) as bad_scores,
        count(*) filter (where churn_risk_score < 0 or churn_risk_score > 100) as bad_churn_scores,
        count(*) filter (
            where recency_days < 0 or orders < 1 or average_order_value <> lifetime_value / orders
        ) as bad_purchases,
        count(*) filter (
            where
            probability_active < 0
            or probability_active > 1
            or least(expected_orders_90_days, expected_orders_365_days, predicted_lifetime_value) < 0
            or (predicted_lifetime_value is null and forecast_reason is null)
        ) as bad_forecasts
    from customer_360
),

-- Beside the others, it would have them all computed by one process.
different as (
    select count(*) as customers
    from (select distinct customer_id from customer_360) as ids
),

cells as (
    select
        coalesce(sum(customer_cells.customers), 0) as customers,
        coalesce(sum(customer_cells.lifetime_value), 0) as lifetime_value
    from customer_cells
    where customer_cells.moment = 'as_of'
),

months as (
    select coalesce(sum(monthly_sales.net_sales), 0) as net_sales
    from monthly_sales
),

links as (
    select
        count(*) - count(distinct links.customer_id)
        + count(*) filter (where links.person_id in (select customer_id from linked_customers)) as bad_links
    from linked_customers as links
)

select
    checks.name,
    'stop' as severity,
    checks.observed,
    checks.expected,
    coalesce(checks.observed = checks.expected, false) as passed,
    checks.sentence
from customers
cross join counted
cross join cells
cross join months
cross join links
cross join different
cross join lateral (
    values
    ('one_row_per_customer', customers.customers, different.customers, 'one row per customer'),
    ('orders_equal_source', customers.orders, counted.orders, 'orders are the counted orders of the source'),
    ('net_sales_equal_source', customers.lifetime_value, counted.net_sales, 'value is counted lines minus returns'),
    ('tickets_equal_source', customers.tickets, counted.tickets, 'tickets are the counted ones of the source'),
    ('web_events_equal_source', customers.web_events, counted.web_events, 'events are the counted ones of the source'),
    ('campaigns_equal_source', customers.campaigns_received, counted.campaigns_received, 'campaigns likewise'),
    ('cells_equal_customers', cells.customers, customers.customers, 'the cells hold every customer once'),
    ('cells_equal_value', cells.lifetime_value, customers.lifetime_value, 'the cells hold all lifetime value'),
    ('months_equal_value', months.net_sales, customers.lifetime_value, 'the months hold all lifetime value'),
    ('scores_in_range', customers.bad_scores, 0, 'R, F and M lie in 1–5, and are null without an order'),
    ('churn_in_range', customers.bad_churn_scores, 0, 'churn risk scores lie in 0–100'),
    ('purchases_in_range', customers.bad_purchases, 0, 'no order lies after as-of; averages are value ÷ orders'),
    ('forecasts_in_range', customers.bad_forecasts, 0, 'forecasts are probabilities and amounts, or have a reason'),
    ('links_lead_to_persons', links.bad_links, 0, 'an id is linked once, and to a person who is not linked on'),
    ('has_customers', sign(customers.customers), 1, 'the source has customers at the as-of moment')
) as checks (name, observed, expected, sentence)
