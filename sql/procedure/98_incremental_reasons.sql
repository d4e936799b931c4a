-- Whether a run can be incremental, and from which build it starts.

-- Why a run cannot start from the kept rows; null when it can. Nothing is lost by a full run but time.
create or replace function c360.why_full(p_schema text) returns text
language plpgsql as $$
declare
    v_state c360_kept.state;
    v_found text;
begin
    select * into v_state from c360_kept.state;
    if c360.is_distributed() then
        return 'on a cluster changes are not logged';
    elsif v_state is null then
        return 'there are no kept rows to start from';
    elsif to_regnamespace(c360.build_schema(v_state.run_id)) is null then
        return format('build %s, which it would start from, is gone', v_state.run_id);
    elsif exists (select from c360.change_gap) then
        return (select min(reason) from c360.change_gap);
    elsif v_state.watched <> c360.watched() then
        return 'changes of the source are found in another way than before';
    elsif (select as_of from c360.run where run_id = v_state.run_id) > c360.as_of() then
        return 'as-of goes back';
    end if;
    execute format(
        'select string_agg(key, '', '' order by key) '
        'from (select entry.* from %I.settings, jsonb_each(to_jsonb(settings)) as entry) as before '
        'full join (select entry.* from %I.settings, jsonb_each(to_jsonb(settings)) as entry) as after using (key) '
        'where before.value is distinct from after.value and key not in (''as_of'', ''comparison_as_of'')',
        c360.build_schema(v_state.run_id), p_schema
    ) into v_found;
    return 'settings changed: ' || v_found;
end
$$;

-- Both sides of an incremental run, and the schema of the build that it starts from (null: there is none).
create or replace function c360.start_incremental() returns text
language plpgsql as $$
begin
    if not c360.is_distributed() then
        create schema c360_before;
        create schema c360_after;
    end if;
    return (select c360.build_schema(run_id) from c360_kept.state);
end
$$;

create or replace function c360.too_many(p_changed bigint) returns text
language plpgsql as $$
declare
    v_customers bigint;
begin
    select count(*) into v_customers from c360_kept.customer_dimensions;
    if p_changed > c360.setting_value('incremental_limit')::numeric * v_customers then
        return format('%s of %s customers changed, more than the limit', p_changed, v_customers);
    end if;
    return null;
end
$$;
