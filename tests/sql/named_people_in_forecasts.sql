-- What is predicted of the seven people of named_people.sql: Anna is active for certain, Ben with 50 %, Eva with 10 %.

create table c360_b1.forecast_model as
select
    null::text as purchase_reason,
    null::text as value_reason;

alter table c360_b1.settings
add column forecast_years numeric default 3,
add column forecast_discount_rate numeric default 0.1;

alter table c360_b1.customer_cells
add column predicted_value numeric,
add column predicted_value_at_risk numeric;

update c360_b1.customer_cells
set
    predicted_value = predictions.value,
    predicted_value_at_risk = predictions.at_risk
from (
    values
    (900.00, 600.00, 0.00),
    (700.50, 300.00, 150.00),
    (200.25, 80.00, 8.00),
    (50.00, 20.00, 5.00),
    (40.00, 2.00, 1.80)
) as predictions (lifetime_value, value, at_risk)
where customer_cells.moment = 'as_of' and customer_cells.lifetime_value = predictions.lifetime_value;

-- First orders: Anna and Ben in January, Dario, active with 75 %, in March.
create table c360_b1.cohort_forecasts as
select
    forecasts.cohort_month,
    forecasts.country,
    forecasts.acquisition_channel,
    1::bigint as customers,
    forecasts.expected_active_customers,
    forecasts.expected_order_days,
    forecasts.expected_net_sales
from (
    values
    (date '2026-01-01', 'Germany', 'Organic', 1.0000, 3.2500, 310.00),
    (date '2026-01-01', 'Germany', 'Paid', 0.5000, 0.5000, 40.50),
    (date '2026-03-01', 'Italy', null, 0.7500, 0.8000, 12.25)
) as forecasts (
    cohort_month, country, acquisition_channel, expected_active_customers, expected_order_days, expected_net_sales
);
