-- Where the tables of a build lie: on one server where they are made, on a cluster where their rows belong. A stage by
-- customer is distributed like the source, and its statement runs on the workers, where the rows lie. Any other is a
-- small table, added up on the workers, and stays on the coordinator, which sends it to whom it is joined with. This is
-- the only place that knows; no stage says anything of it.

-- For this transaction, and after prepare_workers for that of the workers too: they follow statements, not calls.
create or replace function c360.set_local(p_name text, p_value text) returns void
language plpgsql as $$
begin
    execute format('set local %s = %L', p_name, p_value);
end
$$;

create or replace function c360.prepare_workers() returns void
language plpgsql as $$
begin
    if c360.is_distributed() then
        perform set_config('citus.propagate_set_commands', 'local', true);
    end if;
end
$$;

-- Links lead from one customer to another; on a cluster there are none.
create or replace function c360.is_by_customer(p_stage c360.stage) returns boolean
language sql immutable as $$
    select
        (p_stage.way = 'by customer' or 'customer_id' = any (p_stage.grain))
        and not p_stage.reads @> array['c360_in.link']
$$;

-- The small tables that a stage reads beside those of customers, as common table expressions in front of its statement:
-- they are sent to the workers whole. Left to itself, Citus 13 sends what it believes a local table is needed for, and
-- has been seen to send nulls for columns that an outer join reads.
create or replace function c360.with_small_tables(p_schema text, p_stage c360.stage, p_select text) returns text
language sql stable as $$
    with small as (
        select string_agg(format('%1$I as materialized (select * from %2$I.%1$I)', read, p_schema), ', ') as tables
        from unnest(p_stage.reads) as read
        where read = 'settings' or exists (
            select from c360.stage
            where stage.name = read and not c360.is_by_customer(stage)
        )
    )

    select case
        when tables is null then p_select
        when p_select like 'with %' then 'with ' || tables || ', ' || substr(p_select, 6)
        else 'with ' || tables || ' ' || p_select
    end
    from small
$$;

-- What a stage keeps from the planner, a condition or a part that stands alone, Citus has to see: rows of one customer.
create or replace function c360.shown(p_statement text) returns text
language sql immutable as $$
    select regexp_replace(
        regexp_replace(p_statement, E'where case when ([^\n]+) then true end\n', E'where \\1\n', 'g'),
        E'\n *offset 0 -- noqa: AM09\n', E'\n', 'g'
    )
$$;

-- The statements of a stage by customer as the workers can run them: what is materialized, most unions, and what is put
-- in order at the end, Citus would bring to the coordinator first. So nothing is materialized, each part of a union is
-- a statement, and an order lies within a select.
create or replace function c360.parts_of(p_body text) returns setof text
language sql immutable as $$
    with halves as (
        select
            coalesce(substring(text from E'^with .*\n\\)\n\n(?=select)'), '') as head,
            regexp_replace(text, E'^with .*\n\\)\n\n(?=select)', '') as body
        from replace(c360.shown(p_body), ' as materialized (', ' as not materialized (') as text
    )

    select case when body like E'%\norder by %' then 'select * from (' || head || part || ') as stage' else head || part end
    from halves
    cross join lateral regexp_split_to_table(body, E'\nunion all\n') as part
$$;

-- What a cluster is asked for the rows of a stage: one statement or several.
create or replace function c360.statements_of(p_schema text, p_stage c360.stage) returns setof text
language sql stable as $$
    select c360.with_small_tables(p_schema, p_stage, part)
    from c360.parts_of(p_stage.body) as part
    where c360.is_by_customer(p_stage)
    union all
    select case
        when exists (
            select from c360.stage
            where stage.name = any (p_stage.reads) and c360.is_by_customer(stage)
        ) then c360.with_small_tables(p_schema, p_stage, c360.shown(p_stage.body))
        else p_stage.body
    end
    where not c360.is_by_customer(p_stage)
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
    for v_statement in select * from c360.statements_of(p_schema, p_stage) loop
        execute format('insert into %s %s', v_name, v_statement);
        get diagnostics v_rows = row_count;
        v_all := v_all + v_rows;
    end loop;
    return v_all;
end
$$;

create or replace function c360.make_on_cluster(p_schema text, p_stage c360.stage) returns bigint
language plpgsql as $$
begin
    if c360.is_by_customer(p_stage) then
        return c360.make_by_customer(p_schema, p_stage);
    end if;
    return c360.make(p_schema, p_stage, (select statement from c360.statements_of(p_schema, p_stage) as statement));
end
$$;
