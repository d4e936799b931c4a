-- The questions about the newest back-test. They are about all customers of its moment: no filter applies. These blocks
-- name their schema, for the build that a back-test read is gone.

-- name: ranking
-- How well each rule told who returns: the score, the forecasts where there are any, the plain rule.
select *
from c360.last_back_test_ranking
order by array_position(array['churn_risk_score', 'probability_active', 'expected_orders', 'recency_days'], rule);

-- name: deciles
-- Tenths of the customers by the risk that each rule saw, the lowest first.
select *
from c360.last_back_test_deciles
order by
    array_position(array['churn_risk_score', 'probability_active', 'expected_orders', 'recency_days'], rule), decile;

-- name: groups
-- parameters: names
-- All customers, then by churn band and by value segment, in the order of the names.
select *
from c360.last_back_test_groups
order by
    array_position(array['all', 'churn_band', 'value_segment'], grouping),
    array_position(cast(:names as text[]), group_name);
