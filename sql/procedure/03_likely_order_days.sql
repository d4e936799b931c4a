-- Between which numbers of days with an order a customer stays with the probability p_share, by the purchase model: at
-- most (1 − p_share) / 2 on either side. Whoever has left orders on none. An active customer orders on j days or more
-- when the negative binomial distribution has it so (see 03_expected_order_days) and they stay after j − 1 of them:
-- the chances to stay follow Beta(a, b + x), so that is b (b + 1) … / ((a + b) (a + b + 1) …), j − 1 factors, with
-- p_b for b + x.
create or replace function c360.likely_order_days(
    p_active double precision,
    p_s double precision,
    p_moment double precision,
    p_a double precision,
    p_b double precision,
    p_days double precision,
    p_share double precision,
    out lowest integer,
    out highest integer
)
language plpgsql immutable strict parallel safe as $$
declare
    v_z constant double precision := p_days / (p_moment + p_days);
    v_side constant double precision := (1 - p_share) / 2;
    v_probability double precision := exp(greatest(-700, p_s * ln(1 - v_z)));
    v_more double precision := 1 - v_probability;
    v_stays double precision := 1;
begin
    -- v_more: the probability of more than `highest` days if nobody leaves; v_stays: of staying that long.
    highest := 0;
    while p_active * v_more * v_stays > v_side loop
        if lowest is null and 1 - p_active * v_more * v_stays >= v_side then
            lowest := highest;
        end if;
        v_probability := v_probability * (p_s + highest) / (highest + 1) * v_z;
        v_more := v_more - v_probability;
        v_stays := v_stays * (p_b + highest) / (p_a + p_b + highest);
        highest := highest + 1;
    end loop;
    lowest := coalesce(lowest, highest);
end
$$;

comment on function c360.likely_order_days is
'Range of days with an order that a customer stays in with a probability, by the purchase model.';
