-- The steps of an incremental run. Kept rows of touched customers are replaced (by customer); what aggregates need to
-- know of them, and of customers whose cell moved, is laid beside each other in c360_before and c360_after; aggregates
-- are the kept sums, less before, plus after (added). All else is computed anew from kept rows.

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
    create schema c360_before;
    create schema c360_after;
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

create or replace function c360.look_at(variadic p_schemas text[]) returns void
language sql as $$
    select set_config(
        'search_path',
        (select string_agg(quote_ident(name), ', ') from unnest(p_schemas || 'pg_catalog'::text) as name),
        true
    )
$$;

create or replace function c360.is_read_by_sides(p_name text) returns boolean
language sql stable
return exists (
    select from c360.stage
    where reads @> array[p_name] and way = 'added'
);

-- A stage for the touched customers; its rows take the place of theirs among the kept ones.
create or replace function c360.run_by_customer(p_schema text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
begin
    perform c360.look_at('c360_after', p_schema);
    -- Few customers: their rows are found by index, where a full run reads whole relations.
    perform set_config('enable_nestloop', 'on', true);
    execute format(
        'create unlogged table c360_after.%I as %s', p_stage.name, replace(p_stage.body, 'c360_in.', 'c360_touched.')
    );
    get diagnostics v_rows = row_count;
    execute format('analyze c360_after.%I', p_stage.name);
    if c360.is_read_by_sides(p_stage.name) then
        execute format(
            'create unlogged table c360_before.%1$I as select kept.* from c360_touched.customer '
            'inner join c360_kept.%1$I as kept using (customer_id)', p_stage.name
        );
    end if;
    execute format(
        'delete from c360_kept.%I as kept using c360_touched.customer where kept.customer_id = customer.customer_id',
        p_stage.name
    );
    execute format('delete from c360_kept.%I where customer_id is null', p_stage.name);
    execute format('insert into c360_kept.%1$I select * from c360_after.%1$I', p_stage.name);
    perform set_config('enable_nestloop', 'off', true);
    return v_rows;
end
$$;

-- A stage over one schema of rows: c360_before looks at what was kept, c360_after at this build.
create or replace function c360.run_side(p_side text, p_beside text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
begin
    perform c360.look_at(p_side, p_beside);
    execute format('create unlogged table %I.%I as %s', p_side, p_stage.name, p_stage.body);
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;

create or replace function c360.run_both_sides(p_schema text, p_stage c360.stage) returns bigint
language plpgsql as $$
begin
    perform c360.run_side('c360_before', 'c360_kept', p_stage);
    return c360.run_side('c360_after', p_schema, p_stage);
end
$$;

-- Untouched customers whose cell is another one than before.
create or replace function c360.find_moved(p_schema text) returns void
language plpgsql as $$
begin
    create schema c360_moved;
    execute format(
        'create unlogged table c360_moved.customer as select customer_id '
        'from c360_kept.customer_dimensions as before full join %I.customer_dimensions as after using (customer_id) '
        'where (before.value_segment, before.rfm_segment, before.churn_band, before.country, '
        'before.acquisition_channel) is distinct from '
        '(after.value_segment, after.rfm_segment, after.churn_band, after.country, after.acquisition_channel) '
        'and customer_id not in (select customer_id from c360_touched.customer)', p_schema
    );
    analyze c360_moved.customer;
end
$$;

-- What touched customers add to aggregates is on both sides already. Rows of moved ones are the same on both; only
-- their cells differ.
create or replace function c360.widen_sides(p_schema text, p_position integer) returns void
language plpgsql as $$
declare
    v_name text;
begin
    perform c360.find_moved(p_schema);
    perform set_config('enable_nestloop', 'on', true);
    for v_name in
        select name
        from c360.stage as made
        where
            way = 'by customer'
            and exists (
                select from c360.stage as adding
                where adding.position > p_position and adding.reads @> array[made.name] and adding.way = 'added'
            )
    loop
        execute format(
            'create unlogged table c360_moved.%1$I as select kept.* from c360_moved.customer '
            'inner join c360_kept.%1$I as kept using (customer_id)', v_name
        );
        execute format('insert into c360_before.%1$I select * from c360_moved.%1$I', v_name);
        execute format('insert into c360_after.%1$I select * from c360_moved.%1$I', v_name);
        execute format('analyze c360_before.%1$I, c360_after.%1$I', v_name);
    end loop;
    perform set_config('enable_nestloop', 'off', true);
    insert into c360_moved.customer select customer_id from c360_touched.customer;
    execute format(
        'create unlogged table c360_before.customer_dimensions as select kept.* '
        'from c360_moved.customer inner join c360_kept.customer_dimensions as kept using (customer_id); '
        'create unlogged table c360_after.customer_dimensions as select made.* '
        'from c360_moved.customer inner join %I.customer_dimensions as made using (customer_id)', p_schema
    );
end
$$;
