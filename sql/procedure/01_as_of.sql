-- Which moment a build looks from when nobody says.

create or replace function c360.latest_moment() returns timestamptz
language sql stable as $$
    select greatest(
        (select max(ordered_at) from source.orders where ordered_at <= now()),
        (select max(returned_at) from source.returns where returned_at <= now()),
        (select max(opened_at) from source.service_tickets where opened_at <= now()),
        (select max(closed_at) from source.service_tickets where closed_at <= now()),
        (select max(occurred_at) from source.web_events where occurred_at <= now()),
        (select max(converted_at) from source.campaign_responses where converted_at <= now())
    )
$$;

comment on function c360.latest_moment is 'Latest moment in the source, not in the future; null when it is empty.';

-- Mostly the first few rows say that the data are not historical, and the latest of all need not be looked for.
create or replace function c360.default_as_of() returns timestamptz
language plpgsql stable as $$
declare
    v_historical_before constant timestamptz
    := now() - make_interval(days => c360.setting_value('historical_after_days')::integer);
    v_latest timestamptz;
begin
    perform order_id from source.orders where ordered_at >= v_historical_before and ordered_at <= now() limit 1;
    if found then
        return now();
    end if;
    v_latest := c360.latest_moment();
    return case when v_latest < v_historical_before then v_latest else now() end;
end
$$;

comment on function c360.default_as_of is 'The latest moment in the data when it is historical, else now.';

create or replace function c360.is_complete(p_month date) returns boolean
language sql stable parallel safe
return p_month + interval '1 month' <= c360.as_of() + interval '1 second';

comment on function c360.is_complete is 'Whether the month that begins on this day had ended by the as-of moment.';
