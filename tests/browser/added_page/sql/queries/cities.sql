-- The question of the page of cities.

-- name: customers_by_city
-- The ten cities with the most customers.
select
    coalesce(city, 'unknown') as city,
    count(*) as customers
from customer_360
where :filter_condition
group by city
order by count(*) desc, city asc
limit 10;
