-- Stage: customer_cells
-- Grain: value_segment, rfm_segment, churn_band, country, acquisition_channel, moment
-- Reads: customer_360, customer_purchase_profile, customer_engagement_profile, churn_risk, settings
-- Means: additive numbers of all customers alike in what pages filter by, at the as-of and at the comparison moment;
--        the metrics of metrics.toml are sums over these cells. The dimensions are those of as-of at both moments.
--        What is predicted is known of as-of only, and rounded, for sums of doubles depend on their order.

with facts as (
    select
        customer_360.customer_id,
        customer_360.value_segment,
        customer_360.rfm_segment,
        customer_360.churn_band,
        customer_360.country,
        customer_360.acquisition_channel,
        'as_of' as moment,
        customer_360.is_active,
        customer_360.orders,
        customer_360.lifetime_value,
        customer_360.orders_current_window,
        customer_360.orders_previous_window,
        customer_360.tickets,
        customer_360.ratings,
        customer_360.satisfied_ratings,
        engagement.rating_sum,
        customer_360.churn_band as churn_band_then,
        round(customer_360.predicted_lifetime_value::numeric, 2) as predicted_value,
        round((customer_360.predicted_lifetime_value * (1 - customer_360.probability_active))::numeric, 2)
            as predicted_value_at_risk
    from customer_360
    inner join customer_engagement_profile as engagement on customer_360.customer_id = engagement.customer_id
    union all
    select
        customer_360.customer_id,
        customer_360.value_segment,
        customer_360.rfm_segment,
        customer_360.churn_band,
        customer_360.country,
        customer_360.acquisition_channel,
        'comparison',
        purchases.comparison_recency_days <= settings.active_days,
        purchases.comparison_orders,
        purchases.comparison_lifetime_value,
        purchases.comparison_orders_current_window,
        purchases.comparison_orders_previous_window,
        engagement.comparison_tickets,
        engagement.comparison_ratings,
        engagement.comparison_satisfied_ratings,
        engagement.comparison_rating_sum,
        churn_risk.churn_band as churn_band_then,
        null,
        null
    from customer_360
    cross join settings
    inner join customer_engagement_profile as engagement on customer_360.customer_id = engagement.customer_id
    left join customer_purchase_profile as purchases on customer_360.customer_id = purchases.customer_id
    left join churn_risk on customer_360.customer_id = churn_risk.customer_id and churn_risk.moment = 'comparison'
    where
        coalesce(least(customer_360.signup_at, customer_360.first_order_at), '-infinity')
        <= settings.comparison_as_of
)

select
    facts.value_segment,
    facts.rfm_segment,
    facts.churn_band,
    facts.country,
    facts.acquisition_channel,
    facts.moment,
    count(*) as customers,
    count(*) filter (where facts.is_active) as active_customers,
    count(*) filter (where facts.orders >= 1) as buyers,
    count(*) filter (where facts.orders >= 2) as repeat_buyers,
    coalesce(sum(facts.orders), 0) as orders,
    coalesce(sum(facts.lifetime_value), 0) as lifetime_value,
    count(*) filter (where facts.orders_previous_window > 0 and facts.orders_current_window > 0)
        as retained_customers,
    count(*) filter (where facts.orders_previous_window > 0) as retainable_customers,
    coalesce(sum(facts.tickets), 0) as tickets,
    coalesce(sum(facts.ratings), 0) as ratings,
    coalesce(sum(facts.satisfied_ratings), 0) as satisfied_ratings,
    coalesce(sum(facts.rating_sum), 0) as rating_sum,
    coalesce(sum(facts.lifetime_value) filter (where facts.churn_band_then = 'High'), 0) as value_at_risk,
    sum(facts.predicted_value) as predicted_value,
    sum(facts.predicted_value_at_risk) as predicted_value_at_risk
from facts
group by
    facts.value_segment,
    facts.rfm_segment,
    facts.churn_band,
    facts.country,
    facts.acquisition_channel,
    facts.moment
