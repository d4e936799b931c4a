-- Stage: satisfaction
-- Grain: score, value_segment, rfm_segment, churn_band, country, acquisition_channel
-- Reads: customer_engagement_profile, customer_360
-- Means: ratings of service tickets per score 1–5, and the customers who gave it. Both are additive over cells.

with scores as (
    select
        engagement.customer_id,
        rating.score,
        rating.ratings
    from customer_engagement_profile as engagement
    cross join
        lateral (
            values
            (1, engagement.ratings_1),
            (2, engagement.ratings_2),
            (3, engagement.ratings_3),
            (4, engagement.ratings_4),
            (5, engagement.ratings_5)
        ) as rating (score, ratings)
    where rating.ratings > 0
)

select
    scores.score,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel,
    sum(scores.ratings)::bigint as ratings,
    count(*) as customers
from scores
inner join customer_360 on scores.customer_id = customer_360.customer_id
group by
    scores.score,
    customer_360.value_segment,
    customer_360.rfm_segment,
    customer_360.churn_band,
    customer_360.country,
    customer_360.acquisition_channel
