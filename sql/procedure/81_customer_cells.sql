-- Stage: customer_cells
-- Grain: value_segment, rfm_segment, churn_band, country, acquisition_channel, moment
-- Reads: customer_360, customer_purchase_profile, customer_engagement_profile, churn_risk, settings
-- Means: additive numbers of all customers alike in what pages filter by, at the as-of and at the comparison moment;
--        the metrics of metrics.toml are sums over these cells. The dimensions are those of as-of at both moments.
--        What is predicted is known of as-of only, and rounded, for sums of doubles depend on their order. The
--        highest lifetime value, of as-of only too, says in which cells the best customers are.
--
-- Customers are looked at once, both moments beside each other, and the few cells are laid below each other at the end.

with people as (
    select
        customer_360.*,
        engagement.rating_sum,
        engagement.comparison_tickets,
        engagement.comparison_ratings,
        engagement.comparison_satisfied_ratings,
        engagement.comparison_rating_sum,
        purchases.comparison_orders,
        purchases.comparison_lifetime_value,
        purchases.comparison_orders_current_window,
        purchases.comparison_orders_previous_window > 0 as was_retainable,
        purchases.comparison_recency_days <= settings.active_days as was_active,
        churn_risk.churn_band as churn_band_then,
        coalesce(least(customer_360.signup_at, customer_360.first_order_at), '-infinity')
        <= settings.comparison_as_of as was_there
    from customer_360
    cross join settings
    inner join customer_engagement_profile as engagement on customer_360.customer_id = engagement.customer_id
    left join customer_purchase_profile as purchases on customer_360.customer_id = purchases.customer_id
    left join churn_risk on customer_360.customer_id = churn_risk.customer_id and churn_risk.moment = 'comparison'
),

cells as (
    select
        value_segment,
        rfm_segment,
        churn_band,
        country,
        acquisition_channel,
        count(*) as customers,
        count(*) filter (where is_active) as active_customers,
        count(*) filter (where orders >= 1) as buyers,
        count(*) filter (where orders >= 2) as repeat_buyers,
        sum(orders) as orders,
        sum(lifetime_value) as lifetime_value,
        max(lifetime_value) as highest_lifetime_value,
        count(*) filter (where orders_previous_window > 0 and orders_current_window > 0) as retained_customers,
        count(*) filter (where orders_previous_window > 0) as retainable_customers,
        sum(tickets) as tickets,
        sum(ratings) as ratings,
        sum(satisfied_ratings) as satisfied_ratings,
        sum(rating_sum) as rating_sum,
        sum(lifetime_value) filter (where churn_band = 'High') as value_at_risk,
        sum(round(predicted_lifetime_value::numeric, 2)) as predicted_value,
        sum(round((predicted_lifetime_value * (1 - probability_active))::numeric, 2)) as predicted_value_at_risk,
        count(*) filter (where was_there) as customers_then,
        count(*) filter (where was_there and was_active) as active_customers_then,
        count(*) filter (where was_there and comparison_orders >= 1) as buyers_then,
        count(*) filter (where was_there and comparison_orders >= 2) as repeat_buyers_then,
        sum(comparison_orders) filter (where was_there) as orders_then,
        sum(comparison_lifetime_value) filter (where was_there) as lifetime_value_then,
        count(*) filter (where was_there and was_retainable and comparison_orders_current_window > 0)
            as retained_customers_then,
        count(*) filter (where was_there and was_retainable) as retainable_customers_then,
        sum(comparison_tickets) filter (where was_there) as tickets_then,
        sum(comparison_ratings) filter (where was_there) as ratings_then,
        sum(comparison_satisfied_ratings) filter (where was_there) as satisfied_ratings_then,
        sum(comparison_rating_sum) filter (where was_there) as rating_sum_then,
        sum(comparison_lifetime_value) filter (where was_there and churn_band_then = 'High') as value_at_risk_then
    from people
    group by value_segment, rfm_segment, churn_band, country, acquisition_channel
)

select
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    'as_of' as moment,
    customers,
    active_customers,
    buyers,
    repeat_buyers,
    coalesce(orders, 0) as orders,
    coalesce(lifetime_value, 0) as lifetime_value,
    retained_customers,
    retainable_customers,
    coalesce(tickets, 0) as tickets,
    coalesce(ratings, 0) as ratings,
    coalesce(satisfied_ratings, 0) as satisfied_ratings,
    coalesce(rating_sum, 0) as rating_sum,
    coalesce(value_at_risk, 0) as value_at_risk,
    predicted_value,
    predicted_value_at_risk,
    highest_lifetime_value
from cells
union all
select
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    'comparison' as moment,
    customers_then,
    active_customers_then,
    buyers_then,
    repeat_buyers_then,
    coalesce(orders_then, 0),
    coalesce(lifetime_value_then, 0),
    retained_customers_then,
    retainable_customers_then,
    coalesce(tickets_then, 0),
    coalesce(ratings_then, 0),
    coalesce(satisfied_ratings_then, 0),
    coalesce(rating_sum_then, 0),
    coalesce(value_at_risk_then, 0),
    null,
    null,
    null
from cells
where customers_then > 0
