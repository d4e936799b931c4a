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

-- Whether a time lies there, as comparisons: of several ranges, a multirange says so in four times as long.
create or replace function c360.lies_in(p_column text, p_ranges tstzmultirange) returns text
language sql stable as $$
    select coalesce(
        string_agg(format('%1$I > %2$L and %1$I <= %3$L', p_column, lower(passed), upper(passed)), ' or '), 'false'
    )
    from unnest(p_ranges) as passed
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
        'select customer_id from source.customers where %s union all '
        'select customer_id from source.orders where %s union all '
        'select customer_id from source.returns where %s union all '
        'select customer_id from source.service_tickets where %s or %s union all '
        'select customer_id from source.web_events where %s union all '
        'select customer_id from source.campaign_responses where %s or %s or %s or %s',
        c360.lies_in('signup_at', v_now),
        c360.lies_in('ordered_at', v_orders),
        c360.lies_in('returned_at', v_now),
        c360.lies_in('opened_at', v_tickets),
        c360.lies_in('closed_at', v_now),
        c360.lies_in('occurred_at', v_visits),
        c360.lies_in('sent_at', v_now),
        c360.lies_in('opened_at', v_now),
        c360.lies_in('clicked_at', v_now),
        c360.lies_in('converted_at', v_now)
    );
    insert into c360_touched.customer
    select distinct customer_id
    from c360_after.passed
    where customer_id is not null
    on conflict do nothing;
end
$$;
