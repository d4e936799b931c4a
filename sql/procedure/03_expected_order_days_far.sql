-- What 03_expected_order_days computes, in another way: where the series there is long (z near 1) or underflows.

-- With the chance to leave written p, an active customer is expected to order E[(1 − (1 + p × odds)^−s) / p] times over
-- p ~ Beta(a, b), odds = t / (alpha + T). The trapezoidal rule over ln (p / (1 − p)) converges exponentially, as the
-- integrand dies out at both ends; what is summed is the share lost against a customer who never leaves, s × odds, so
-- that it does so for every a. The step is half the spread of the chances where those hardly differ.
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
