-- Stage: checks (working)
-- Grain: name
-- Reads: customer_360, customer_cells, monthly_sales, source_rows, settings, c360.run_summary
-- Means: what must hold before a build is published. stop: the build is rejected; hold: an administrator decides.
-- How to add a check: one more CTE with the same five columns, named in the last union.

with counted as (
    select
        coalesce(sum(rows) filter (where relation = 'orders'), 0) as orders,
        coalesce(sum(amount) filter (where relation = 'order_items'), 0)
        - coalesce(sum(amount) filter (where relation = 'returns'), 0) as net_sales,
        coalesce(sum(rows) filter (where relation = 'service_tickets'), 0) as tickets,
        coalesce(sum(rows) filter (where relation = 'web_events'), 0) as web_events,
        coalesce(sum(rows) filter (where relation = 'campaign_responses'), 0) as campaigns_received
    from source_rows
    where reason is null
),

customers as (
    select
        count(*) as customers,
        count(distinct customer_id) as different_customers,
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
        count(*) filter (where recency_days < 0 or orders < 1 or average_order_value is distinct from
            lifetime_value / orders) as bad_purchases,
        count(*) filter (where value_segment = 'High') as high,
        count(*) filter (where value_segment = 'Medium') as medium,
        count(*) filter (where value_segment = 'Low') as low
    from customer_360
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

published as (
    select run_summary.*
    from c360.publication
    inner join c360.run_summary on publication.run_id = run_summary.run_id
),

stops as (
    select stop.name, 'stop' as severity, stop.observed, stop.expected, 0::numeric as tolerance, stop.sentence
    from customers
    cross join counted
    cross join cells
    cross join months
    cross join lateral (
        values
        ('one_row_per_customer', customers.customers, customers.different_customers,
            'customer_360 has one row per customer'),
        ('orders_equal_source', customers.orders, counted.orders,
            'orders of all customers are the counted orders of the source'),
        ('net_sales_equal_source', customers.lifetime_value, counted.net_sales,
            'lifetime value of all customers is the net amount of the counted lines minus returns'),
        ('tickets_equal_source', customers.tickets, counted.tickets,
            'tickets of all customers are the counted tickets of the source'),
        ('web_events_equal_source', customers.web_events, counted.web_events,
            'web events of all customers are the counted events of the source'),
        ('campaigns_equal_source', customers.campaigns_received, counted.campaigns_received,
            'campaigns received are the counted responses of the source'),
        ('cells_equal_customers', cells.customers, customers.customers,
            'the cells hold every customer once'),
        ('cells_equal_value', cells.lifetime_value, customers.lifetime_value,
            'the cells hold the lifetime value of all customers'),
        ('months_equal_value', months.net_sales, customers.lifetime_value,
            'net sales of all months are the lifetime value of all customers'),
        ('scores_in_range', customers.bad_scores, 0,
            'R, F and M lie in 1–5 for customers with orders and are null for the others'),
        ('churn_in_range', customers.bad_churn_scores, 0, 'churn risk scores lie in 0–100'),
        ('purchases_in_range', customers.bad_purchases, 0, 'no order lies after as-of, averages are value ÷ orders'),
        ('has_customers', sign(customers.customers), 1, 'the source has customers at the as-of moment')
    ) as stop (name, observed, expected, sentence)
),

drifts as (
    select drift.name, 'hold' as severity, drift.observed, drift.expected, drift.tolerance, drift.sentence
    from customers
    cross join published
    cross join settings
    cross join lateral (
        values
        ('drift_customers', customers.customers, published.customers,
            settings.drift_customers_limit * published.customers, 'the number of customers is near the published one'),
        ('drift_value', customers.lifetime_value, published.lifetime_value,
            settings.drift_value_limit * abs(published.lifetime_value), 'lifetime value is near the published one'),
        ('drift_high', customers.high::numeric / greatest(customers.customers, 1), published.high_share,
            settings.drift_segment_limit, 'the share of High customers is near the published one'),
        ('drift_medium', customers.medium::numeric / greatest(customers.customers, 1), published.medium_share,
            settings.drift_segment_limit, 'the share of Medium customers is near the published one'),
        ('drift_low', customers.low::numeric / greatest(customers.customers, 1), published.low_share,
            settings.drift_segment_limit, 'the share of Low customers is near the published one')
    ) as drift (name, observed, expected, tolerance, sentence)
)

select
    name,
    severity,
    observed,
    expected,
    coalesce(abs(observed - expected) <= tolerance, false) as passed,
    sentence
from (select * from stops union all select * from drifts) as checks
