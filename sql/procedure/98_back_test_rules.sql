-- How each rule that a back-test compares sees the customers, beside what they did. To return is to order again; risk
-- is that somebody does not.

-- back_test_rules: the risk that each rule sees in each customer, as a place among all and among those of the same
-- outcome; customers of equal risk share their middle place.
create or replace function c360.take_rules() returns void
language plpgsql as $$
begin
    create table back_test_rules as
    with rules as (
        select
            rule.name as rule,
            customers.customer_id,
            customers.order_days > 0 as has_returned,
            customers.order_days,
            case when rule.name = 'expected_orders' then customers.expected_order_days end as expected_order_days,
            rule.expected_returned,
            rule.risk
        from back_test_customers as customers
        cross join lateral (
            values
            ('recency_days', recency_days, null),
            ('churn_risk_score', churn_risk_score, 1 - churn_risk_score / 100),
            ('probability_active', -probability_active, probability_active),
            ('expected_orders', -expected_order_days, null)
        ) as rule (name, risk, expected_returned)
        where rule.risk is not null
    )

    select
        rules.*,
        count(*) over of_rule as customers,
        count(*) over (partition by rule, has_returned) as customers_alike,
        rank() over by_risk as place_from,
        rank() over by_risk + (count(*) over of_equals - 1) / 2.0 as place,
        rank() over by_risk_alike + (count(*) over of_equals_alike - 1) / 2.0 as place_alike
    from rules
    window
        of_rule as (partition by rule),
        by_risk as (partition by rule order by risk),
        of_equals as (partition by rule, risk),
        by_risk_alike as (partition by rule, has_returned order by risk),
        of_equals_alike as (partition by rule, has_returned, risk);
end
$$;
