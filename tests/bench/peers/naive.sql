-- The procedure as one writes it first: a temporary table per part, row_number for favourites, ntile for scores, joins.
-- It makes one table, bench_naive.customer_360, and none of the aggregates, checks or histories of the build beside it.

create schema if not exists bench_naive;

create or replace procedure bench_naive.create_customer_360()
language plpgsql as $$
declare
    as_of constant timestamptz := (select published_build.as_of from c360.published_build);
begin
    create temporary table basic_information on commit drop as
    select
        customers.*,
        extract(year from age(as_of, birth_date))::integer as age,
        as_of::date - signup_at::date as tenure_days
    from source.customers
    where signup_at is null or signup_at <= as_of;

    create temporary table lines on commit drop as
    select
        orders.customer_id,
        orders.order_id,
        orders.ordered_at,
        order_items.product_id,
        products.name as product,
        products.category,
        products.brand,
        order_items.quantity,
        order_items.quantity * order_items.unit_price as gross_sales,
        coalesce(order_items.discount, 0) as discount
    from source.orders
    inner join source.order_items on orders.order_id = order_items.order_id
    left join source.products on order_items.product_id = products.product_id
    where orders.status = 'completed' and orders.ordered_at <= as_of;

    create temporary table purchase_statistics on commit drop as
    select
        customer_id,
        count(distinct order_id) as orders,
        count(distinct ordered_at::date) as order_days,
        min(ordered_at) as first_order_at,
        max(ordered_at) as last_order_at,
        as_of::date - max(ordered_at)::date as recency_days,
        sum(quantity) as units,
        sum(gross_sales) as gross_sales,
        sum(discount) as discounts,
        count(distinct order_id) filter (where ordered_at > as_of - interval '12 months') as orders_current_window,
        count(distinct order_id) filter (
            where ordered_at <= as_of - interval '12 months' and ordered_at > as_of - interval '24 months'
        ) as orders_previous_window
    from lines
    group by customer_id;

    create temporary table returned on commit drop as
    select
        returns.customer_id,
        count(*) as returns,
        sum(returns.amount) as returned_amount
    from source.returns
    inner join source.orders on returns.order_id = orders.order_id and orders.status = 'completed'
    where returns.returned_at <= as_of
    group by returns.customer_id;

    create temporary table favourite_products on commit drop as
    select
        customer_id,
        product
    from (
        select
            customer_id,
            product,
            row_number() over (
                partition by customer_id
                order by sum(quantity) desc, sum(gross_sales - discount) desc, max(ordered_at) desc, product
            ) as place
        from lines
        group by customer_id, product
    ) as ranked
    where place = 1;

    create temporary table favourite_categories on commit drop as
    select
        customer_id,
        category
    from (
        select
            customer_id,
            category,
            row_number() over (
                partition by customer_id
                order by sum(quantity) desc, sum(gross_sales - discount) desc, max(ordered_at) desc, category
            ) as place
        from lines
        group by customer_id, category
    ) as ranked
    where place = 1;

    create temporary table favourite_brands on commit drop as
    select
        customer_id,
        brand
    from (
        select
            customer_id,
            brand,
            row_number() over (
                partition by customer_id
                order by sum(quantity) desc, sum(gross_sales - discount) desc, max(ordered_at) desc, brand
            ) as place
        from lines
        group by customer_id, brand
    ) as ranked
    where place = 1;

    create temporary table service on commit drop as
    select
        customer_id,
        count(*) as tickets,
        count(*) filter (where closed_at is null or closed_at > as_of) as open_tickets,
        max(opened_at) as last_ticket_at,
        count(satisfaction) as ratings,
        avg(satisfaction) as satisfaction_mean,
        count(*) filter (where satisfaction <= 2 and opened_at > as_of - interval '365 days') as recent_low_ratings,
        count(satisfaction) filter (where opened_at > as_of - interval '365 days') as recent_ratings
    from source.service_tickets
    where opened_at <= as_of
    group by customer_id;

    create temporary table web_behaviour on commit drop as
    select
        customer_id,
        count(distinct session_id) as web_sessions,
        count(*) as web_events,
        count(*) filter (where event_type = 'view') as product_views,
        count(*) filter (where event_type = 'cart') as cart_additions,
        count(*) filter (where event_type = 'purchase') as web_purchases,
        max(occurred_at) as last_visit_at
    from source.web_events
    where occurred_at <= as_of
    group by customer_id;

    create temporary table campaign_response on commit drop as
    select
        customer_id,
        count(*) as campaigns_received,
        count(opened_at) as campaigns_opened,
        count(clicked_at) as campaigns_clicked,
        count(converted_at) as campaigns_converted,
        max(greatest(opened_at, clicked_at, converted_at)) as last_campaign_response_at
    from source.campaign_responses
    where sent_at <= as_of
    group by customer_id;

    create temporary table scores on commit drop as
    select
        purchase_statistics.customer_id,
        gross_sales - discounts - coalesce(returned_amount, 0) as lifetime_value,
        ntile(5) over (order by last_order_at) as recency_score,
        ntile(5) over (order by orders) as frequency_score,
        ntile(5) over (order by gross_sales - discounts - coalesce(returned_amount, 0)) as monetary_score,
        ntile(10) over (order by gross_sales - discounts - coalesce(returned_amount, 0) desc) as value_decile
    from purchase_statistics
    left join returned on purchase_statistics.customer_id = returned.customer_id;

    drop table if exists bench_naive.customer_360;
    create table bench_naive.customer_360 as
    select
        basic_information.*,
        purchase_statistics.orders,
        purchase_statistics.order_days,
        purchase_statistics.first_order_at,
        purchase_statistics.last_order_at,
        purchase_statistics.recency_days,
        purchase_statistics.units,
        purchase_statistics.gross_sales,
        purchase_statistics.discounts,
        returned.returns,
        returned.returned_amount,
        scores.lifetime_value,
        scores.lifetime_value / purchase_statistics.orders as average_order_value,
        purchase_statistics.orders_current_window,
        purchase_statistics.orders_previous_window,
        favourite_products.product as favourite_product,
        favourite_categories.category as favourite_category,
        favourite_brands.brand as favourite_brand,
        service.tickets,
        service.open_tickets,
        service.last_ticket_at,
        service.ratings,
        service.satisfaction_mean,
        web_behaviour.web_sessions,
        web_behaviour.web_events,
        web_behaviour.product_views,
        web_behaviour.cart_additions,
        web_behaviour.web_purchases,
        web_behaviour.last_visit_at,
        campaign_response.campaigns_received,
        campaign_response.campaigns_opened,
        campaign_response.campaigns_clicked,
        campaign_response.campaigns_converted,
        campaign_response.last_campaign_response_at,
        scores.recency_score,
        scores.frequency_score,
        scores.monetary_score,
        case
            when scores.value_decile <= 2 then 'High'
            when scores.value_decile <= 5 then 'Medium'
            when scores.value_decile is not null then 'Low'
            else 'Prospect'
        end as value_segment,
        least(100, 100 * (
            0.6 * coalesce(purchase_statistics.recency_days, 365) / 365
            + 0.2 * coalesce(service.recent_low_ratings::numeric / nullif(service.recent_ratings, 0), 0)
            + 0.2 * least(1, coalesce(as_of::date - web_behaviour.last_visit_at::date, 365) / 365.0)
        )) as churn_risk_score
    from basic_information
    left join purchase_statistics on basic_information.customer_id = purchase_statistics.customer_id
    left join returned on basic_information.customer_id = returned.customer_id
    left join scores on basic_information.customer_id = scores.customer_id
    left join favourite_products on basic_information.customer_id = favourite_products.customer_id
    left join favourite_categories on basic_information.customer_id = favourite_categories.customer_id
    left join favourite_brands on basic_information.customer_id = favourite_brands.customer_id
    left join service on basic_information.customer_id = service.customer_id
    left join web_behaviour on basic_information.customer_id = web_behaviour.customer_id
    left join campaign_response on basic_information.customer_id = campaign_response.customer_id;

    alter table bench_naive.customer_360 add primary key (customer_id);
    create index on bench_naive.customer_360 (value_segment);
end
$$;
