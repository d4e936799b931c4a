-- What a build leaves behind of itself, and what its checks say of it.

-- What outlives the working tables of a build: exclusions, checks, and the numbers later builds are compared with.
create or replace function c360.keep_evidence(p_run_id bigint) returns void
language plpgsql as $$
begin
    insert into c360.run_exclusion (run_id, relation, reason, treatment, rows)
    select p_run_id, relation, reason, treatment, rows from exclusions;

    insert into c360.run_check (run_id, name, severity, observed, expected, passed, sentence)
    select p_run_id, name, severity, observed, expected, passed, sentence
    from (select * from stop_checks union all select * from drift_checks) as checks;

    insert into c360.run_summary (run_id, customers, lifetime_value, high_share, medium_share, low_share)
    select p_run_id, customers, lifetime_value, high_share, medium_share, low_share from build_summary;

    update c360.run set data_to = (select build_summary.data_to from build_summary) where run_id = p_run_id;
end
$$;

create or replace function c360.verdict(p_run_id bigint) returns text
language sql stable as $$
    select case
        when bool_or(not passed and severity = 'stop') then 'rejected'
        when bool_or(not passed and severity = 'hold') then 'held'
        else 'passed'
    end
    from c360.run_check
    where run_id = p_run_id
$$;
