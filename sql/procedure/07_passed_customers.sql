-- Customers whose rows come into view or leave a window as the as-of moment moves on, for 07_touched_customers.sql.

-- The time between where each border lies in the kept build and where it lies in this one: either may be the later,
-- for a month back from the 29 to 31 March is a day of February.
create or replace function c360.passed(p_schema text, p_borders text[]) returns tstzmultirange
language plpgsql as $$
declare
    v_passed tstzmultirange;
begin
    execute format(
        'select range_agg(tstzrange(least(before.at, after.at), greatest(before.at, after.at), ''(]'')) '
        'from (select key, value::timestamptz as at from c360_kept.moments, jsonb_each_text(to_jsonb(moments))) '
        'as before inner join '
        '(select key, value::timestamptz as at from %I.moments, jsonb_each_text(to_jsonb(moments))) as after '
        'using (key) where key = any ($1)', p_schema
    ) into v_passed using p_borders;
    return v_passed;
end
$$;

create or replace function c360.touch_passed(p_schema text) returns void
language plpgsql as $$
declare
    v_border constant text[] := array['as_of', 'comparison_as_of'];
    v_now constant tstzmultirange := c360.passed(p_schema, v_border);
    v_orders constant tstzmultirange := c360.passed(p_schema, v_border || array[
        'current_from', 'previous_from', 'comparison_current_from', 'comparison_previous_from', 'frequency_from',
        'comparison_frequency_from'
    ]);
    v_tickets constant tstzmultirange := c360.passed(
        p_schema, v_border || array['service_from', 'comparison_service_from']
    );
    v_visits constant tstzmultirange := c360.passed(p_schema, v_border || array['engagement_from']);
begin
    if isempty(v_orders) and isempty(v_visits) then
        return;
    end if;
    execute format(
        'create unlogged table c360_after.passed as '
        'select customer_id from source.customers where signup_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.orders where ordered_at <@ %2$L::tstzmultirange union all '
        'select customer_id from source.returns where returned_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.service_tickets '
        'where opened_at <@ %3$L::tstzmultirange or closed_at <@ %1$L::tstzmultirange union all '
        'select customer_id from source.web_events where occurred_at <@ %4$L::tstzmultirange union all '
        'select customer_id from source.campaign_responses '
        'where sent_at <@ %1$L::tstzmultirange or opened_at <@ %1$L::tstzmultirange '
        'or clicked_at <@ %1$L::tstzmultirange or converted_at <@ %1$L::tstzmultirange',
        v_now, v_orders, v_tickets, v_visits
    );
    insert into c360_touched.customer
    select distinct customer_id
    from c360_after.passed
    where customer_id is not null
    on conflict do nothing;
end
$$;
