-- What a back-test finds: how well each rule ranks the customers, tenth by tenth what it foretold, and group by group
-- what was expected, all beside what happened. To return is to order again; risk is that somebody does not.

create or replace function c360.rank_back_test(p_run_id bigint) returns void
language plpgsql as $$
begin
    perform c360.take_rules();
    insert into c360.back_test_ranking (run_id, rule, customers, auc, lead, lead_error)
    -- The share of those of the other outcome beside whom a customer stands on the right side.
    with shares as (
        select
            rule,
            customer_id,
            has_returned,
            case
                when has_returned then 1 - (place - place_alike) / nullif(customers - customers_alike, 0)
                else (place - place_alike) / nullif(customers - customers_alike, 0)
            end::double precision as right_share
        from back_test_rules
    )

    select
        p_run_id,
        shares.rule,
        count(*),
        avg(shares.right_share) filter (where not shares.has_returned),
        avg(shares.right_share - plain.right_share) filter (where not shares.has_returned),
        sqrt(
            var_samp(shares.right_share - plain.right_share) filter (where not shares.has_returned)
            / nullif(count(*) filter (where not shares.has_returned), 0)
            + var_samp(shares.right_share - plain.right_share) filter (where shares.has_returned)
            / nullif(count(*) filter (where shares.has_returned), 0)
        )
    from shares
    inner join shares as plain on shares.customer_id = plain.customer_id and plain.rule = 'recency_days'
    group by shares.rule;

    insert into c360.back_test_decile
    (run_id, rule, decile, customers, returned, expected_returned, order_days, expected_order_days)
    select
        p_run_id,
        rule,
        least(10, 1 + div(10 * (place_from - 1), greatest(customers - 1, 1))),
        count(*),
        count(*) filter (where has_returned),
        sum(expected_returned),
        sum(order_days),
        sum(expected_order_days)
    from back_test_rules
    group by 2, 3;
end
$$;

create or replace function c360.group_back_test(p_run_id bigint) returns void
language plpgsql as $$
begin
    insert into c360.back_test_group
    (
        run_id, grouping, name, customers, returned, order_days, expected_order_days, order_days_before, sales,
        expected_sales, sales_before
    )
    select
        p_run_id,
        part.grouping,
        part.name,
        count(*),
        count(*) filter (where order_days > 0),
        sum(order_days),
        sum(expected_order_days),
        sum(order_days_before),
        sum(sales),
        sum(expected_sales),
        sum(sales_before)
    from back_test_customers
    cross join lateral (
        values ('all', 'All'), ('churn_band', churn_band), ('value_segment', value_segment)
    ) as part (grouping, name)
    where part.name is not null
    group by part.grouping, part.name;
end
$$;
