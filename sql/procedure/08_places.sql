-- Where the tables of a build lie: on one server where they are made, on a cluster where their rows belong. A stage by
-- customer is distributed like the source, and its statement runs on the workers, where the rows lie. Any other is a
-- small table, added up on the workers, and stays on the coordinator, which sends it to whom it is joined with. This is
-- the only place that knows; no stage says anything of it.

-- For this transaction, and on a cluster for what it does on the workers too: they are told of statements, not of calls.
create or replace function c360.set_local(p_name text, p_value text) returns void
language plpgsql as $$
begin
    execute format('set local %s = %L', p_name, p_value);
end
$$;

-- One connection to each worker: all of them see the tables that the build has made so far.
create or replace function c360.prepare_workers() returns void
language plpgsql as $$
begin
    if c360.is_distributed() then
        perform set_config('citus.multi_shard_modify_mode', 'sequential', true);
        perform set_config('citus.propagate_set_commands', 'local', true);
    end if;
end
$$;

create or replace function c360.is_by_customer(p_stage c360.stage) returns boolean
language sql immutable
return p_stage.way = 'by customer' or 'customer_id' = any (p_stage.grain);

-- The statement of a stage as the workers can run it: what is materialized, most unions, and what is put in order at
-- the end, Citus would bring to the coordinator first. So nothing is materialized, each part of a union is a statement,
-- and an order lies within a select.
create or replace function c360.for_workers(p_select text) returns setof text
language sql immutable as $$
    with statement as (
        select replace(p_select, ' as materialized (', ' as not materialized (') as text
    ),

    halves as (
        select
            coalesce(substring(text from E'^with .*\n\\)\n\n(?=select)'), '') as head,
            regexp_replace(text, E'^with .*\n\\)\n\n(?=select)', '') as body
        from statement
    )

    select case when body like E'%\norder by %' then 'select * from (' || head || part || ') as stage' else head || part end
    from halves
    cross join lateral regexp_split_to_table(body, E'\nunion all\n') as part
$$;

create or replace function c360.make_by_customer(p_schema text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_name constant text := format('%I.%I', p_schema, p_stage.name);
    v_statement text;
    v_rows bigint;
    v_all bigint := 0;
begin
    execute format('create table %s as %s with no data', v_name, p_stage.body);
    perform c360.place_by_customer(v_name::regclass);
    for v_statement in select * from c360.for_workers(p_stage.body) loop
        execute format('insert into %s %s', v_name, v_statement);
        get diagnostics v_rows = row_count;
        v_all := v_all + v_rows;
    end loop;
    return v_all;
end
$$;

create or replace function c360.make_on_cluster(p_schema text, p_stage c360.stage) returns bigint
language sql
return case
    when c360.is_by_customer(p_stage) then c360.make_by_customer(p_schema, p_stage)
    else c360.make(p_schema, p_stage, p_stage.body)
end;
