-- Stage: basic_information (working)
-- Grain: customer_id
-- Reads: c360_in.customers, settings
-- Means: who the customer is, at the as-of moment.

select
    customers.customer_id,
    customers.first_name,
    customers.last_name,
    customers.email,
    customers.phone,
    customers.city,
    customers.region,
    customers.country,
    customers.birth_date,
    case
        when customers.birth_date <= settings.as_of::date
            then extract(year from age(settings.as_of::date, customers.birth_date))::integer
    end as age,
    customers.gender,
    customers.signup_at,
    settings.as_of::date - customers.signup_at::date as tenure_days,
    customers.acquisition_channel,
    customers.marketing_consent
from c360_in.customers
cross join settings
