-- Where a likelihood is greatest: Newton's method, damped where the likelihood bends the wrong way, within bounds.

-- The step that solves (damping − curvature) × step = gradient, over the free parameters; null when that matrix is not
-- positive definite (Cholesky), so that the step would lead downhill.
create or replace function c360.newton_step(
    p_gradient double precision[], p_curvature double precision[], p_damping double precision, p_free boolean[]
) returns double precision[]
language plpgsql immutable as $$
declare
    v_size constant integer := cardinality(p_gradient);
    v_l double precision[] := array_fill(0.0::double precision, array[v_size, v_size]);
    v_step double precision[] := p_gradient;
    v_sum double precision;
begin
    for i in 1..v_size loop
        for j in 1..i loop
            v_sum := case
                when not (p_free[i] and p_free[j]) then (i = j)::integer
                when i = j then p_damping - p_curvature[(i - 1) * v_size + j]
                else -p_curvature[(i - 1) * v_size + j]
            end;
            for k in 1..j - 1 loop
                v_sum := v_sum - v_l[i][k] * v_l[j][k];
            end loop;
            if i > j then
                v_l[i][j] := v_sum / v_l[j][j];
            elsif v_sum > 0 then
                v_l[i][i] := sqrt(v_sum);
            else
                return null;
            end if;
        end loop;
    end loop;
    for i in 1..v_size loop
        v_step[i] := case when p_free[i] then p_gradient[i] else 0 end;
        for k in 1..i - 1 loop
            v_step[i] := v_step[i] - v_l[i][k] * v_step[k];
        end loop;
        v_step[i] := v_step[i] / v_l[i][i];
    end loop;
    for i in reverse v_size..1 loop
        for k in i + 1..v_size loop
            v_step[i] := v_step[i] - v_l[k][i] * v_step[k];
        end loop;
        v_step[i] := v_step[i] / v_l[i][i];
    end loop;
    return v_step;
end
$$;

-- p_likelihood is a call such as `c360.value_likelihood($1)` with the logarithms of the parameters for $1. The search
-- stays within p_lowest and p_highest; a parameter may end there: then the data know only that it is small, or large.
-- A search that runs out of steps, or of the range of numbers, has not settled, and that is all: no build fails of it.
create or replace function c360.maximise(
    p_likelihood text,
    p_start double precision[],
    p_lowest double precision[],
    p_highest double precision[],
    out logarithms double precision[],
    out value double precision,
    out steps integer,
    out is_settled boolean
)
language plpgsql stable as $$
declare
    v_statement constant text := format('select value, gradient, curvature from %s', p_likelihood);
    v_at record;
    v_tried record;
    v_free boolean[];
    v_step double precision[];
    v_length double precision;
    v_next double precision[];
    v_damping double precision := 0;
    v_least double precision;
begin
    logarithms := p_start;
    is_settled := false;
    execute v_statement into v_at using logarithms;
    for v_tries in 1..100 loop
        steps := v_tries;
        select array_agg(not ((t <= low and g < 0) or (t >= high and g > 0)) order by place)
        into v_free
        from unnest(logarithms, p_lowest, p_highest, v_at.gradient) with ordinality as bounds (t, low, high, g, place);
        v_least := 1e-9 * abs(v_at.value) + 1e-9;
        v_step := c360.newton_step(v_at.gradient, v_at.curvature, v_damping, v_free);
        while v_step is null loop
            v_damping := greatest(v_least, 4 * v_damping);
            v_step := c360.newton_step(v_at.gradient, v_at.curvature, v_damping, v_free);
        end loop;
        -- No step is longer than 2: a parameter changes at most sevenfold at once.
        select max(abs(step)) into v_length from unnest(v_step) as step;
        select array_agg(greatest(low, least(high, t + step / greatest(1, v_length / 2))) order by place)
        into v_next
        from unnest(logarithms, p_lowest, p_highest, v_step) with ordinality as bounds (t, low, high, step, place);
        execute v_statement into v_tried using v_next;
        if v_tried.value >= v_at.value - 1e-10 * abs(v_at.value) then
            logarithms := v_next;
            v_at := v_tried;
            is_settled := v_length < 1e-6 and v_damping = 0;
            exit when is_settled;
            v_damping := case when v_damping > v_least then v_damping / 16 else 0 end;
        else
            v_damping := greatest(v_least, 4 * v_damping);
        end if;
    end loop;
    value := v_at.value;
exception when data_exception then
    is_settled := false;
end
$$;
