-- The value model: what a customer spends on a day with orders scatters around a mean of their own, by Gamma(p, nu);
-- nu is Gamma(q, gamma) among customers.
-- Gamma-Gamma: Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value, brucehardie.com/notes/025.
--
-- All days with orders count, the first one too: most customers of most shops have no other, and what they spent on it
-- says more about them than the mean of all others.

-- ln of eq. 1a of Fader & Hardie, of all forecast_values, with its derivatives for ln p, ln q and ln gamma (the second
-- ones row by row). On the order of sums see purchase_likelihood.
create or replace function c360.value_likelihood(
    p_logarithms double precision[],
    out value double precision,
    out gradient double precision[],
    out curvature double precision[]
)
language plpgsql stable
set max_parallel_workers_per_gather = 0
set synchronize_seqscans = off
set enable_sort = off
as $$
begin
    with parameters as materialized (
        select
            exp(p_logarithms[1]) as p,
            exp(p_logarithms[2]) as q,
            exp(p_logarithms[3]) as gamma
    ),

    by_order_days as (
        select
            order_days as x,
            count(*)::double precision as n,
            sum(ln(mean_value)) as ln_z,
            sum(ln(gamma + order_days * mean_value)) as l,
            sum(1 / (gamma + order_days * mean_value)) as i,
            sum(1 / (gamma + order_days * mean_value) ^ 2) as ii
        from forecast_values
        cross join parameters
        group by order_days
    ),

    gammas as (
        select
            *,
            p * x + q as s,
            c360.ln_gamma(p * x + q) - c360.ln_gamma(p * x) - c360.ln_gamma(q) + q * ln(gamma) + p * x * ln(x) as constant,
            c360.digamma(p * x + q) as s_1,
            c360.trigamma(p * x + q) as s_2,
            c360.digamma(p * x) as px_1,
            c360.trigamma(p * x) as px_2,
            c360.digamma(q) as q_1,
            c360.trigamma(q) as q_2
        from by_order_days
        cross join parameters
    ),

    summed as (
        select
            sum(n * constant + (p * x - 1) * ln_z - s * l order by x) as l,
            sum(p * x * (n * (s_1 - px_1 + ln(x)) + ln_z - l) order by x) as p,
            sum(q * (n * (s_1 - q_1 + ln(gamma)) - l) order by x) as q,
            sum(n * q - gamma * s * i order by x) as gamma,
            sum(p * p * x * x * n * (s_2 - px_2) order by x) as p_p,
            sum(p * q * x * n * s_2 order by x) as p_q,
            sum(-p * gamma * x * i order by x) as p_gamma,
            sum(q * q * n * (s_2 - q_2) order by x) as q_q,
            sum(q * (n - gamma * i) order by x) as q_gamma,
            sum(gamma * gamma * s * ii - n * q order by x) as gamma_gamma
        from gammas
    )

    select
        l,
        array[p, q, gamma],
        array[p_p + p, p_q, p_gamma, p_q, q_q + q, q_gamma, p_gamma, q_gamma, gamma_gamma + gamma]
    into value, gradient, curvature
    from summed;
end
$$;
