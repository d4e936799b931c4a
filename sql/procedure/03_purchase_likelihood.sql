-- How well parameters of the purchase model (03_purchase_model) fit: ln L of Fader, Hardie & Lee, eq. 6, of all
-- forecast_groups, with its derivatives for ln r, ln alpha, ln a and ln b (the second ones row by row).
-- p are the customers that are active, q those that have left; neither falls below 1e-130, because PostgreSQL refuses
-- what underflows. A sum of doubles depends on its order: here that is the order in which the stage wrote the groups.
-- `offset 0` lets the planner compute a logarithm once, where it would write it into each of the sums.
create or replace function c360.purchase_likelihood(
    p_logarithms double precision[], p_first integer,
    out value double precision, out gradient double precision[], out curvature double precision[]
)
language plpgsql stable
set max_parallel_workers_per_gather = 0
set synchronize_seqscans = off
set enable_sort = off
as $$
begin
    with parameters as materialized (
        select
            exp(p_logarithms[1]) as r,
            exp(p_logarithms[2]) as alpha,
            exp(p_logarithms[3]) as a,
            exp(p_logarithms[4]) as b
    ),

    moments as (
        select
            repeat_days as x,
            customers as n,
            r + repeat_days as s,
            ln(alpha + observed_days) as u,
            ln(alpha + span_days) as v,
            1 / (alpha + observed_days) as i,
            1 / (alpha + span_days) as j,
            case when repeat_days + p_first > 0 then ln(a / (b + repeat_days + p_first - 1)) else -1e9 end as ln_leaving
        from forecast_groups
        cross join parameters
        offset 0
    ),

    odds as (
        select
            *,
            greatest(-300, least(300, ln_leaving + s * (u - v))) as ln_odds
        from moments
        offset 0
    ),

    judged as (
        select
            *,
            n / (1 + exp(-ln_odds)) as q,
            n / (1 + exp(ln_odds)) as p,
            u - v as d,
            i - j as e
        from odds
        offset 0
    ),

    by_repeat_days as (
        select
            x,
            sum(n) as n,
            sum(n * (ln(1 + exp(-abs(ln_odds))) + greatest(0, ln_leaving + s * d) - s * u)) as mixed,
            sum(p * u + q * v) as uv,
            sum(p * i + q * j) as ij,
            sum(p * i * i + q * j * j) as iijj,
            sum(q) as q,
            sum(p * q / n) as pq,
            sum(p * q / n * d) as pq_d,
            sum(p * q / n * e) as pq_e,
            sum(p * q / n * d * d) as pq_dd,
            sum(p * q / n * d * e) as pq_de,
            sum(p * q / n * e * e) as pq_ee
        from judged
        group by x
    ),

    gammas as (
        select
            *,
            r + x as s,
            case when x + p_first > 0 then 1 / (b + x + p_first - 1) else 0 end as c,
            c360.ln_gamma(r + x) - c360.ln_gamma(r) + r * ln(alpha) + c360.ln_gamma(a + b) - c360.ln_gamma(b)
            + c360.ln_gamma(b + x + p_first) - c360.ln_gamma(a + b + x + p_first) as constant,
            c360.digamma(r + x) - c360.digamma(r) + ln(alpha) as r_1,
            c360.trigamma(r + x) - c360.trigamma(r) as r_2,
            c360.digamma(a + b) - c360.digamma(a + b + x + p_first) as ab_1,
            c360.trigamma(a + b) - c360.trigamma(a + b + x + p_first) as ab_2,
            c360.digamma(b + x + p_first) - c360.digamma(b) as b_1,
            c360.trigamma(b + x + p_first) - c360.trigamma(b) as b_2
        from by_repeat_days
        cross join parameters
    ),

    summed as (
        select
            sum(n * constant + mixed order by x) as l,
            sum(r * (n * r_1 - uv) order by x) as r,
            sum(n * r - alpha * s * ij order by x) as alpha,
            sum(a * n * ab_1 + q order by x) as a,
            sum(b * (n * (ab_1 + b_1) - c * q) order by x) as b,
            sum(r * r * (n * r_2 + pq_dd) order by x) as r_r,
            sum(r * (n - alpha * (ij - s * pq_de)) order by x) as r_alpha,
            sum(r * pq_d order by x) as r_a,
            sum(-r * b * c * pq_d order by x) as r_b,
            sum(alpha * alpha * s * (iijj + s * pq_ee) - n * r order by x) as alpha_alpha,
            sum(alpha * s * pq_e order by x) as alpha_a,
            sum(-alpha * b * c * s * pq_e order by x) as alpha_b,
            sum(a * a * n * ab_2 - q + pq order by x) as a_a,
            sum(a * b * n * ab_2 - b * c * pq order by x) as a_b,
            sum(b * b * (n * (ab_2 + b_2) + c * c * (q + pq)) order by x) as b_b
        from gammas
    )

    select
        l,
        array[r, alpha, a, b],
        array[
            r_r + r, r_alpha, r_a, r_b,
            r_alpha, alpha_alpha + alpha, alpha_a, alpha_b,
            r_a, alpha_a, a_a + a, a_b,
            r_b, alpha_b, a_b, b_b + b
        ]
    into value, gradient, curvature
    from summed;
end
$$;
