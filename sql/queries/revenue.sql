-- The questions of the revenue page. Money in the currency of the build.

-- name: campaigns
-- Every campaign of the build with what came of it, the newest first; no filter applies.
select
    campaign_id::text as campaign_id,
    coalesce(name, campaign_id::text) as campaign,
    channel as campaign_channel,
    started_at,
    ended_at,
    cost,
    sent,
    opened,
    clicked,
    converted,
    round(converted::numeric / nullif(sent, 0), 6) as conversion_rate
from campaign_results
order by started_at desc nulls last, campaign_id asc;

-- name: customers_by_month
-- Who ordered in each month, for the first time or again; months without an order included.
with filtered as (
    select
        month,
        sum(customers) as customers,
        sum(new_customers) as new_customers
    from monthly_sales
    where :filter_condition
    group by month
)

select
    calendar.month,
    coalesce(filtered.customers, 0)::bigint as customers,
    coalesce(filtered.new_customers, 0)::bigint as new_customers,
    coalesce(filtered.customers - filtered.new_customers, 0)::bigint as returning_customers,
    round(filtered.new_customers / nullif(filtered.customers, 0), 6) as share_of_new,
    calendar.is_complete
from :calendar_of_months as calendar
left join filtered on calendar.month = filtered.month
order by calendar.month;

-- name: by_country
-- parameters: date_from, date_to
-- Net sales of each country, largest first; null is what has none.
with sales as (
    select
        country,
        sum(net_sales) as net_sales,
        sum(orders) as orders
    from monthly_sales
    where
        :filter_condition
        and (cast(:date_from as date) is null or month >= date_trunc('month', cast(:date_from as date)))
        and (cast(:date_to as date) is null or month <= cast(:date_to as date))
    group by country
)

select
    country,
    round(net_sales, 2) as net_sales,
    round(net_sales / nullif(sum(net_sales) over (), 0), 6) as share_of_sales,
    orders::bigint as orders
from sales
order by net_sales desc, country asc;

-- name: by_acquisition_channel
-- parameters: date_from, date_to
-- Net sales of the customers that each channel won, largest first; null is what has none.
with sales as (
    select
        acquisition_channel,
        sum(net_sales) as net_sales,
        sum(orders) as orders
    from monthly_sales
    where
        :filter_condition
        and (cast(:date_from as date) is null or month >= date_trunc('month', cast(:date_from as date)))
        and (cast(:date_to as date) is null or month <= cast(:date_to as date))
    group by acquisition_channel
)

select
    acquisition_channel,
    round(net_sales, 2) as net_sales,
    round(net_sales / nullif(sum(net_sales) over (), 0), 6) as share_of_sales,
    orders::bigint as orders
from sales
order by net_sales desc, acquisition_channel asc;

-- name: by_order_channel
-- parameters: date_from, date_to
-- Orders by the channel they came through, most first; null is what has none.
with sales as (
    select
        channel as order_channel,
        sum(orders) as orders
    from channel_sales
    where
        :filter_condition
        and (cast(:date_from as date) is null or month >= date_trunc('month', cast(:date_from as date)))
        and (cast(:date_to as date) is null or month <= cast(:date_to as date))
    group by channel
)

select
    order_channel,
    orders::bigint as orders,
    round(orders / sum(orders) over (), 6) as share_of_orders
from sales
order by orders desc, order_channel asc;

-- name: cohorts
-- How many of the customers who first ordered in a month ordered in each month after, to the month of as-of.
with filtered as (
    select
        cohort_month,
        months_after,
        sum(customers) as customers
    from cohorts
    where :cohort_condition
    group by cohort_month, months_after
),

sizes as (
    select
        cohort_month,
        customers as cohort_size
    from filtered
    where months_after = 0
),

cells as (
    select
        sizes.cohort_month,
        sizes.cohort_size,
        month.begins_at + interval '1 month' <= settings.as_of + interval '1 second' as is_complete,
        (row_number() over (partition by sizes.cohort_month order by month.begins_at) - 1)::integer as months_after
    from sizes
    cross join settings
    cross join lateral generate_series(
        sizes.cohort_month::timestamp, settings.as_of::timestamp, interval '1 month'
    ) as month (begins_at)
)

select
    cells.cohort_month,
    cells.months_after,
    cells.cohort_size::bigint as cohort_size,
    coalesce(filtered.customers, 0)::bigint as customers,
    round(coalesce(filtered.customers, 0) / cells.cohort_size, 6) as share_who_ordered,
    cells.is_complete
from cells
left join filtered on cells.cohort_month = filtered.cohort_month and cells.months_after = filtered.months_after
order by cells.cohort_month, cells.months_after;

-- name: cohort_forecast
-- What is expected within 90 days of the customers who first ordered in a month; expectations are null, and the reason
-- is not, in a build without a forecast.
select
    cohort_forecasts.cohort_month,
    sum(cohort_forecasts.customers)::bigint as customers,
    round(sum(cohort_forecasts.expected_order_days), 2) as expected_order_days,
    round(sum(cohort_forecasts.expected_order_days) / sum(cohort_forecasts.customers), 6) as expected_order_days_each,
    round(sum(cohort_forecasts.expected_active_customers) / sum(cohort_forecasts.customers), 6)
        as mean_probability_active,
    round(sum(cohort_forecasts.expected_net_sales), 2) as expected_net_sales,
    coalesce(max(forecast_model.purchase_reason), max(forecast_model.value_reason)) as forecast_reason
from cohort_forecasts
cross join forecast_model
where :cohort_condition
group by cohort_forecasts.cohort_month
order by cohort_forecasts.cohort_month;
