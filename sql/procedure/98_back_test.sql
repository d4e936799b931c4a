-- A back-test: the build of an earlier moment beside what then happened. The build stands first in the search path; the
-- tables that are made on the way stand in its schema, and are dropped with it before the transaction ends.

-- The moment that a back-test looks from; refuses where the data do not reach far enough.
create or replace function c360.back_test_from(p_as_of timestamptz, p_days integer) returns timestamptz
language plpgsql as $$
declare
    v_latest constant timestamptz := c360.default_as_of();
    v_first constant timestamptz := (select min(ordered_at) from source.orders where status = 'completed');
    v_as_of timestamptz;
begin
    perform set_config('timezone', c360.setting_value('timezone'), true);
    v_as_of := coalesce(p_as_of, v_latest - make_interval(days => p_days));
    if c360.is_distributed() then
        raise exception 'back-tests are not made on a cluster' using errcode = 'no_data_found';
    elsif p_days < 1 then
        raise exception 'a back-test is over one day or more' using errcode = 'no_data_found';
    elsif v_first is null then
        raise exception 'there is no completed order to look back at' using errcode = 'no_data_found';
    elsif v_as_of + make_interval(days => p_days) > v_latest then
        raise exception 'the data end on %, which is less than % days after %', v_latest::date, p_days, v_as_of::date
            using errcode = 'no_data_found', hint = 'Look from an earlier moment, or over fewer days.';
    elsif v_as_of - make_interval(days => p_days) < v_first then
        raise exception 'the orders begin on %, which is less than % days before %', v_first::date, p_days, v_as_of::date
            using errcode = 'no_data_found', hint = 'A back-test needs as many days of orders before as after; take fewer.';
    end if;
    return v_as_of;
end
$$;

create or replace function c360.measure_back_test(p_run_id bigint, p_days integer) returns void
language plpgsql as $$
declare
    v_from constant timestamptz := c360.as_of();
    v_until constant timestamptz := v_from + make_interval(days => p_days);
begin
    -- From here on the input views let in what happened after the build's moment.
    perform set_config('c360.as_of', v_until::text, true);
    perform c360.take_outcomes(c360.build_schema(p_run_id), v_from, p_days);
    insert into c360.back_test (run_id, as_of, until, days, customers, returned)
    select p_run_id, v_from, v_until, p_days, count(*), count(*) filter (where order_days > 0)
    from back_test_customers;
    perform c360.rank_back_test(p_run_id);
    perform c360.group_back_test(p_run_id);
end
$$;

comment on function c360.measure_back_test is 'Stores how what the build in the search path foretold came true.';
