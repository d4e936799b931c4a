-- The steps of an incremental run. Kept rows of touched customers are replaced (by customer); what aggregates need to
-- know of them, and of customers whose cell moved, is laid beside each other in c360_before and c360_after; aggregates
-- are the kept sums, less before, plus after (added). All else is computed anew from kept rows.

create or replace function c360.look_at(variadic p_schemas text[]) returns void
language sql as $$
    select set_config(
        'search_path',
        (select string_agg(quote_ident(name), ', ') from unnest(p_schemas || 'pg_catalog'::text) as name),
        true
    )
$$;

-- The text of a stage over the rows of touched customers. What a full run computes several times, to compute it in
-- parallel, is computed once for few.
create or replace function c360.of_touched(p_body text) returns text
language sql immutable
return replace(replace(p_body, 'c360_in.', 'c360_touched.'), ' as not materialized (', ' as materialized (');

-- A stage for the touched customers; its rows take the place of theirs among the kept ones. To start processes costs
-- more than few customers; they are worth it again for whom no index is there.
create or replace function c360.run_by_customer(p_schema text, p_stage c360.stage) returns bigint
language plpgsql
set parallel_setup_cost = 1000 set parallel_tuple_cost = 0.1 as $$
declare
    v_rows bigint;
begin
    perform c360.look_at('c360_after', p_schema);
    -- Few customers: their rows are found by index, where a full run reads whole relations.
    perform set_config('enable_nestloop', 'on', true);
    execute format('create unlogged table c360_after.%I as %s', p_stage.name, c360.of_touched(p_stage.body));
    get diagnostics v_rows = row_count;
    execute format('analyze c360_after.%I', p_stage.name);
    if exists (select from c360.stages_of_sides(0) as needed where needed.name = p_stage.name) then
        perform c360.take_side('c360_before', 'c360_touched', p_stage);
    end if;
    if p_stage.is_kept then
        perform c360.replace_kept(p_stage.name);
    end if;
    perform set_config('enable_nestloop', 'off', true);
    return v_rows;
end
$$;

create or replace function c360.replace_kept(p_name text) returns void
language plpgsql as $$
begin
    execute format(
        'delete from c360_kept.%I as kept using c360_touched.customer where kept.customer_id = customer.customer_id',
        p_name
    );
    execute format('delete from c360_kept.%I where customer_id is null', p_name);
    execute format('insert into c360_kept.%1$I select * from c360_after.%1$I', p_name);
end
$$;

-- What was known of the customers of p_customers: kept rows, or made from those that lie in p_side already.
create or replace function c360.take_side(p_side text, p_customers text, p_stage c360.stage) returns void
language plpgsql as $$
begin
    if p_stage.is_kept then
        execute format(
            'create unlogged table %1$I.%2$I as select kept.* from %3$I.customer '
            'inner join c360_kept.%2$I as kept using (customer_id)', p_side, p_stage.name, p_customers
        );
    else
        perform c360.run_side(p_side, 'c360_kept', p_stage);
    end if;
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
