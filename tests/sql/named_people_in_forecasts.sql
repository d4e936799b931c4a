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
