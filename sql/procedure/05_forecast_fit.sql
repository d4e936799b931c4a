-- Parameters of the forecast, each model's in one call: where its likelihood is greatest, to six digits. More would say
-- nothing (their standard errors are thousands of times as large) and might differ from machine to machine.

create or replace function c360.six_digits(p_value double precision) returns double precision
language sql immutable strict parallel safe
return round(p_value::numeric, 5 - floor(log(p_value))::integer)::double precision;

comment on function c360.six_digits is 'A positive number rounded to six significant digits.';

-- Whether a customer is one of those that the parameters are fitted on: all, or by a hash of the id about as many as
-- the setting says, the same ones in each build.
create or replace function c360.is_fitted_on(p_customer_id text, p_share double precision) returns boolean
language sql immutable parallel safe
return p_share >= 1 or (hashtextextended(p_customer_id, 0) & 1048575) < p_share * 1048576;

-- The purchase model of forecast_groups; p_reason is why it must not be fitted, and comes back. The search begins where
-- rate and drop-out are middling. Beyond the bounds customers hardly differ any more (rates spread by
-- r^−½ of their mean, 3 % at 1,000), and the likelihood hardly rises.
create or replace function c360.fit_purchases(
    p_reason text,
    p_first integer,
    out r double precision,
    out alpha double precision,
    out a double precision,
    out b double precision,
    out log_likelihood double precision,
    out steps integer,
    out reason text
)
language plpgsql stable as $$
declare
    v_days_per_order double precision;
    v_found record;
begin
    reason := p_reason;
    if reason is null then
        select
            sum(observed_days * customers order by observed_days, repeat_days, span_days)
            / nullif(sum(repeat_days * customers), 0)
        into v_days_per_order
        from forecast_groups;
        if coalesce(v_days_per_order, 0) = 0 then
            reason := 'No customer has come back on another day.';
            return;
        end if;
        select * into v_found
        from c360.maximise(
            format('c360.purchase_likelihood($1, %s)', p_first),
            array[0, ln(v_days_per_order), ln(0.5), ln(2)],
            array[ln(1e-4), ln(v_days_per_order) + ln(1e-4), ln(1e-2), ln(1e-2)],
            array[ln(1e3), ln(v_days_per_order) + ln(1e4), ln(1e3), ln(1e3)]
        );
        log_likelihood := round(v_found.value::numeric, 6);
        steps := v_found.steps;
        if v_found.is_settled then
            r := c360.six_digits(exp(v_found.logarithms[1]));
            alpha := c360.six_digits(exp(v_found.logarithms[2]));
            a := c360.six_digits(exp(v_found.logarithms[3]));
            b := c360.six_digits(exp(v_found.logarithms[4]));
        else
            reason := 'The search for the parameters of the purchase model did not settle.';
        end if;
    end if;
end
$$;

-- The value model of forecast_values, likewise. With p + q ≤ 1 the mean of what a customer with one order day will
-- spend does not exist.
create or replace function c360.fit_values(
    p_reason text,
    out p double precision,
    out q double precision,
    out gamma double precision,
    out log_likelihood double precision,
    out steps integer,
    out reason text
)
language plpgsql stable as $$
declare
    v_mean double precision;
    v_found record;
begin
    reason := p_reason;
    if reason is null then
        select avg(mean_value order by mean_value) into v_mean from forecast_values;
        if v_mean is null then
            reason := 'No customer has net sales above zero, so there is no forecast of sales.';
            return;
        end if;
        select * into v_found
        from c360.maximise(
            'c360.value_likelihood($1)',
            array[ln(2), ln(3), ln(v_mean)],
            array[ln(1e-2), ln(1e-2), ln(v_mean) + ln(1e-6)],
            array[ln(1e4), ln(1e4), ln(v_mean) + ln(1e6)]
        );
        log_likelihood := round(v_found.value::numeric, 6);
        steps := v_found.steps;
        if not v_found.is_settled then
            reason := 'The search for the parameters of the value model did not settle.';
        elsif exp(v_found.logarithms[1]) + exp(v_found.logarithms[2]) <= 1 then
            reason := 'Order values scatter too widely for the value model, so there is no forecast of sales.';
        else
            p := c360.six_digits(exp(v_found.logarithms[1]));
            q := c360.six_digits(exp(v_found.logarithms[2]));
            gamma := c360.six_digits(exp(v_found.logarithms[3]));
        end if;
    end if;
end
$$;
