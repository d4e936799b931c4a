-- Stage: customer_360
-- Grain: customer_id
-- Reads: basic_information, customer_purchase_profile, customer_engagement_profile, customer_scores, churn_risk,
--        customer_forecast
-- Means: one row per customer; the columns and their meaning are those of metrics.toml, in that order.
-- Index: lifetime_value desc nulls last, customer_id
-- Index: orders desc nulls last, customer_id
-- Index: last_order_at desc nulls last, customer_id
-- Index: c360.cell_of(value_segment, rfm_segment, churn_band, country, acquisition_channel),
--        lifetime_value desc nulls last, customer_id

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
    customers.age,
    customers.gender,
    customers.signup_at,
    customers.tenure_days,
    customers.acquisition_channel,
    customers.marketing_consent,
    purchases.orders,
    purchases.order_days,
    purchases.first_order_at,
    purchases.last_order_at,
    purchases.recency_days,
    purchases.units,
    purchases.gross_sales,
    purchases.discounts,
    purchases.returns,
    purchases.returned_amount,
    purchases.lifetime_value,
    purchases.average_order_value,
    purchases.return_rate,
    purchases.typical_gap_days,
    purchases.orders_current_window,
    purchases.orders_previous_window,
    purchases.recent_order_days,
    purchases.favourite_product_id,
    purchases.favourite_product,
    purchases.favourite_category,
    purchases.favourite_brand,
    engagement.tickets,
    engagement.open_tickets,
    engagement.last_ticket_at,
    engagement.ratings,
    engagement.satisfied_ratings,
    engagement.satisfaction_mean,
    engagement.recent_ratings,
    engagement.recent_low_ratings,
    engagement.resolution_hours,
    engagement.web_sessions,
    engagement.recent_web_sessions,
    engagement.web_events,
    engagement.product_views,
    engagement.cart_additions,
    engagement.web_purchases,
    engagement.last_visit_at,
    engagement.campaigns_received,
    engagement.campaigns_opened,
    engagement.campaigns_clicked,
    engagement.campaigns_converted,
    engagement.campaign_conversion_rate,
    engagement.last_campaign_response_at,
    engagement.last_engaged_at,
    engagement.days_since_engaged,
    purchases.recency_days <= settings.active_days as is_active,
    coalesce(scored.value_segment, 'Prospect') as value_segment,
    scored.recency_score,
    scored.frequency_score,
    scored.monetary_score,
    scored.recency_score::text || scored.frequency_score || scored.monetary_score as rfm_score,
    coalesce(rfm_cell_name.rfm_segment, 'Prospect') as rfm_segment,
    churn_risk.expected_gap_days,
    churn_risk.churn_recency_ratio,
    churn_risk.churn_recency_part,
    churn_risk.churn_frequency_part,
    churn_risk.churn_service_part,
    churn_risk.churn_engagement_part,
    churn_risk.churn_risk_score,
    churn_risk.churn_band,
    forecast.probability_active,
    forecast.expected_orders_90_days,
    forecast.expected_orders_365_days,
    forecast.expected_sales_90_days,
    forecast.expected_sales_365_days,
    forecast.predicted_lifetime_value,
    case when forecast.customer_id is null then 'No order yet.' else forecast.forecast_reason end as forecast_reason
from basic_information as customers
cross join settings
left join customer_purchase_profile as purchases on customers.customer_id = purchases.customer_id
left join customer_engagement_profile as engagement on customers.customer_id = engagement.customer_id
left join customer_scores as scored on customers.customer_id = scored.customer_id
left join churn_risk on customers.customer_id = churn_risk.customer_id and churn_risk.moment = 'as_of'
left join customer_forecast as forecast on customers.customer_id = forecast.customer_id
left join c360.rfm_cell_name
    on scored.recency_score = rfm_cell_name.recency_score and scored.frequency_score = rfm_cell_name.frequency_score
