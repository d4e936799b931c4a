-- The questions of the overview page and of the answers under /api/v1. Money in the currency of the build.

-- name: kpis
-- One row a moment (as_of, comparison): every metric of metrics.toml and what it rests on, <metric>_n.
select
    moments.moment,
    :metric_columns
from (values ('as_of'), ('comparison')) as moments (moment)
left join customer_cells on moments.moment = customer_cells.moment and :filter_condition
group by moments.moment;

-- name: customer_segments
-- parameters: names
-- Customers and lifetime value of each value segment, in the order of the names.
with segments as (
    select
        value_segment,
        sum(customers) as customers,
        sum(lifetime_value) as lifetime_value
    from customer_cells
    where moment = 'as_of' and :filter_condition
    group by value_segment
)

select
    value_segment,
    customers::bigint as customers,
    round(lifetime_value, 2) as lifetime_value,
    round(customers / sum(customers) over (), 6) as share_of_customers,
    round(lifetime_value / nullif(sum(lifetime_value) over (), 0), 6) as share_of_value
from segments
order by array_position(cast(:names as text[]), value_segment);

-- name: monthly_revenue
-- One row a month, months without a sale included, from the first to the last month with one or as the dates say.
with filtered as (
    select
        month,
        sum(net_sales) as net_sales,
        sum(orders) as orders,
        sum(customers) as customers,
        sum(new_customers) as new_customers
    from monthly_sales
    where :filter_condition
    group by month
)

select
    calendar.month,
    round(coalesce(filtered.net_sales, 0), 2) as net_sales,
    coalesce(filtered.orders, 0)::bigint as orders,
    coalesce(filtered.customers, 0)::bigint as customers,
    coalesce(filtered.new_customers, 0)::bigint as new_customers,
    calendar.is_complete
from :calendar_of_months as calendar
left join filtered on calendar.month = filtered.month
order by calendar.month;

-- name: top_customers
-- parameters: row_limit
-- The customers worth most; equal values in the order of their ids.
select
    best.customer_id::text as customer_id,
    best.first_name,
    best.last_name,
    best.country,
    best.value_segment,
    best.rfm_segment,
    best.churn_band,
    best.orders,
    best.last_order_at,
    round(best.lifetime_value, 2) as lifetime_value
from :best_customers as best
where best.orders > 0
order by best.lifetime_value desc nulls last, best.customer_id asc
limit :row_limit;

-- name: product_category_performance
-- Sales of each category before returns, largest first; null is what has no category.
select
    category,
    round(sum(net_sales), 2) as net_sales,
    sum(units) as units,
    sum(orders)::bigint as orders,
    sum(customers)::bigint as customers
from category_sales
where :filter_condition
group by category
order by sum(net_sales) desc, category asc;

-- name: customer_satisfaction
-- Ratings of service tickets by score, and who gave them; always the five scores.
select
    scores.score,
    coalesce(sum(satisfaction.ratings), 0)::bigint as ratings,
    coalesce(sum(satisfaction.customers), 0)::bigint as customers
from generate_series(1, 5) as scores (score)
left join satisfaction on scores.score = satisfaction.score and :filter_condition
group by scores.score
order by scores.score;

-- name: satisfaction_summary
-- parameters: minimum
-- One row: the share of satisfied ratings and the mean, null when they rest on fewer ratings than the minimum.
with totals as (
    select
        coalesce(sum(satisfied_ratings), 0) as satisfied_ratings,
        coalesce(sum(rating_sum), 0) as rating_sum,
        coalesce(sum(ratings), 0)::bigint as ratings
    from customer_cells
    where moment = 'as_of' and :filter_condition
)

select
    ratings,
    case when ratings >= :minimum then round(satisfied_ratings::numeric / nullif(ratings, 0), 6) end as csat,
    case when ratings >= :minimum then round(rating_sum::numeric / nullif(ratings, 0), 6) end as mean_score
from totals;

-- name: churn_risk
-- parameters: names
-- Customers with an order and their lifetime value by churn band, in the order of the names.
select
    churn_band,
    sum(customers)::bigint as customers,
    round(sum(lifetime_value), 2) as lifetime_value
from customer_cells
where moment = 'as_of' and churn_band is not null and :filter_condition
group by churn_band
order by array_position(cast(:names as text[]), churn_band);

-- name: rfm_segmentation
-- Customers with an order and their lifetime value in each cell of recency × frequency × monetary score.
select
    recency_score,
    frequency_score,
    monetary_score,
    rfm_segment,
    sum(customers)::bigint as customers,
    round(sum(lifetime_value), 2) as lifetime_value
from rfm_cells
where :filter_condition
group by recency_score, frequency_score, monetary_score, rfm_segment
order by recency_score desc, frequency_score desc, monetary_score desc;
