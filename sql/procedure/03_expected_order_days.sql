-- What the purchase model expects of a customer; see 03_purchase_likelihood for the model and its papers.

-- P(active), Fader, Hardie & Lee 2005 (the note “Computing P(alive) Using the BG/NBD Model”); chances is how often the
-- customer could have left.
create or replace function c360.probability_active(
    p_r double precision,
    p_alpha double precision,
    p_a double precision,
    p_b double precision,
    p_repeat_days double precision,
    p_chances double precision,
    p_span_days double precision,
    p_observed_days double precision
) returns double precision
language sql immutable parallel safe
return case
    when p_chances = 0 then 1
    else 1 / (1 + exp(least(
        300,
        ln(p_a / (p_b + p_chances - 1))
        + (p_r + p_repeat_days) * ln((p_alpha + p_observed_days) / (p_alpha + p_span_days))
    )))
end;

-- E[Y(t)] of an active customer, eq. 10 of Fader, Hardie & Lee 2005 without its factor P(active):
--
--     (a + b + x − 1) / (a − 1) × (1 − (1 − z)^s 2F1(s, b + x; a + b + x − 1; z)),  s = r + x, z = t / (alpha + T + t)
--
-- As printed it subtracts numbers that are nearly equal when t is small, and divides by nothing when a = 1. Put in
-- another order the sum has no minus sign: if nobody left, n order days would follow with the probability of the
-- negative binomial distribution, C(s + n − 1, n) (1 − z)^s z^n; of these n, the expected number before leaving is
-- 1 + B/(a + B) + B (B + 1)/((a + B)(a + B + 1)) + …, n terms, with B = b + x. It converges like z^n.
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
            v_probability * v_before_leaving < 1e-13 * (1 - v_z) * v_sum and (p_s + v_n) * v_z < v_n + 1;
    end loop;
    return v_sum;
end
$$;

-- The same where the series is long (z near 1) or its terms underflow. With the chance to leave written p, an active
-- customer is expected to order E[(1 − (1 + p × odds)^−s) / p] times over p ~ Beta(a, b), odds = t / (alpha + T). The
-- trapezoidal rule over ln (p / (1 − p)) converges exponentially, as the integrand dies out at both ends; what is
-- summed is the share lost against a customer who never leaves, s × odds, so that it does so for every a. The step is
-- half the spread of the chances where those hardly differ.
create or replace function c360.expected_order_days_far(
    p_s double precision, p_odds double precision, p_a double precision, p_b double precision
) returns double precision
language sql immutable strict parallel safe as $$
    with grid as (
        select
            least(0.125, sqrt(1 / p_a + 1 / p_b) / 2) as step,
            -45 - ln(1 + p_s * p_odds) - ln(1 + p_b) as lowest,
            45 / least(1, p_b) as highest
    ),

    places as (
        select
            step,
            step * number as place
        from grid
        cross join lateral generate_series(floor(lowest / step)::integer, ceil(highest / step)::integer) as number
    ),

    logarithms as (
        select
            *,
            -greatest(place, 0) - ln(1 + exp(-least(abs(place), 300))) as ln_stays,
            least(place, 0) - ln(1 + exp(-least(abs(place), 300))) as ln_leaves
        from places
    ),

    weighed as (
        select
            step,
            place,
            p_a * ln_leaves + p_b * ln_stays
            + c360.ln_gamma(p_a + p_b) - c360.ln_gamma(p_a) - c360.ln_gamma(p_b) as ln_weight,
            p_odds * exp(ln_leaves) as odds
        from logarithms
    ),

    -- ln (1 + odds) without loss for small odds; 1 − exp(−2h) is 2 sinh h exp(−h), without loss for small h.
    halves as (
        select
            step,
            place,
            ln_weight,
            odds,
            least(150, p_s / 2 * case when 1 + odds > 1 then ln(1 + odds) * odds / (1 + odds - 1) else odds end) as half
        from weighed
    )

    -- Weights are normalised by what they sum to, unless the sum would have to go too far.
    select p_s * p_odds * (
        1 - sum(
            step * exp(greatest(-300, ln_weight)) * (1 - 2 * sinh(half) * exp(-half) / (p_s * odds)) order by place
        ) / case when p_a < 1 then 1 else sum(step * exp(greatest(-300, ln_weight)) order by place) end
    )
    from halves
$$;
