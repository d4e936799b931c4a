-- What the purchase model (03_purchase_model) expects of an active customer.

-- E[Y(t)] of an active customer, eq. 10 of Fader, Hardie & Lee 2005 without its factor P(active):
--
--     (a + b + x − 1) / (a − 1) × (1 − (1 − z)^s 2F1(s, b + x; a + b + x − 1; z)),  s = r + x, z = t / (alpha + T + t)
--
-- As printed it subtracts numbers that are nearly equal when t is small, and divides by nothing when a = 1. Put in
-- another order the sum has no minus sign: if nobody left, n order days would follow with the probability of the
-- negative binomial distribution, C(s + n − 1, n) (1 − z)^s z^n; of these n, the expected number before leaving is
-- 1 + B/(a + B) + B (B + 1)/((a + B)(a + B + 1)) + …, n terms, with B = b + x. It converges like z^n; what is left out
-- is below a hundred-thousandth of what the six digits of the parameters leave open.
--
-- p_s is s, p_moment alpha + T, p_b is b + x (b + x + 1 in MBG/NBD).
create or replace function c360.expected_order_days(
    p_s double precision, p_moment double precision, p_a double precision, p_b double precision, p_days double precision
) returns double precision
language plpgsql immutable strict parallel safe cost 10000 as $$
declare
    v_odds constant double precision := p_days / p_moment;
    v_z constant double precision := v_odds / (1 + v_odds);
    v_probability double precision;
    v_stays double precision := 1;
    v_before_leaving double precision := 0;
    v_sum double precision := 0;
    v_n double precision := 0;
begin
    -- PostgreSQL refuses numbers that underflow: no chance to stay falls below 1e-200, and no start below e^-600.
    if p_days <= 0 then
        return 0;
    elsif v_z > 0.98 or p_s * ln(1 + v_odds) > 600 then
        return c360.expected_order_days_far(p_s, v_odds, p_a, p_b);
    end if;
    v_probability := exp(-p_s * ln(1 + v_odds));
    loop
        v_probability := v_probability * (p_s + v_n) / (v_n + 1) * v_z;
        v_before_leaving := v_before_leaving + v_stays;
        v_sum := v_sum + v_probability * v_before_leaving;
        v_stays := greatest(1e-200, v_stays * (p_b + v_n) / (p_a + p_b + v_n));
        v_n := v_n + 1;
        exit when
            v_probability * v_before_leaving < 1e-11 * (1 - v_z) * v_sum and (p_s + v_n) * v_z < v_n + 1;
    end loop;
    return v_sum;
end
$$;
