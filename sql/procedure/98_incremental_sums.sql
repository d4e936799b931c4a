-- Aggregates of an incremental run: the sums of the build it starts from, less what the affected customers were, plus
-- what they are. Sums of numerics are exact, so the result equals that of a full run.

create or replace function c360.is_steady(p_schema text, p_table text) returns boolean
language plpgsql as $$
declare
    v_differs boolean;
begin
    execute format(
        'select exists ('
        '(table c360_kept.%2$I except table %1$I.%2$I) union all (table %1$I.%2$I except table c360_kept.%2$I))',
        p_schema, p_table
    ) into v_differs;
    return not v_differs;
end
$$;

-- The statement that adds up: columns in their order, each a sum, a key, or computed anew from the keys.
create or replace function c360.adding_up(p_base text, p_stage c360.stage) returns text
language sql stable as $$
    with columns as (
        select
            attname,
            attnum,
            format_type(atttypid, atttypmod) as type,
            attname = any (p_stage.added_columns) as is_added,
            (select min(anew) from unnest(p_stage.anew_columns) as anew where anew like '% as ' || attname) as anew
        from pg_attribute
        where attrelid = format('%I.%I', p_base, p_stage.name)::regclass and attnum > 0 and not attisdropped
    ),

    parts as (
        select
            string_agg(
                case
                    when is_added then format('sum(%1$I)::%2$s as %1$I', attname, type)
                    else coalesce(anew, quote_ident(attname))
                end, ', ' order by attnum
            ) as results,
            string_agg(quote_ident(attname), ', ' order by attnum) filter (where anew is null) as plus,
            string_agg(case when is_added then '-' else '' end || quote_ident(attname), ', ' order by attnum)
            filter (where anew is null) as minus,
            string_agg(quote_ident(attname), ', ' order by attnum) filter (where anew is null and not is_added) as keys,
            string_agg(format('sum(%I) <> 0', attname), ' or ' order by attnum) filter (where is_added) as not_empty
        from columns
    )

    select format(
        'select %1$s from (select %2$s from %3$I.%4$I union all select %5$s from c360_before.%4$I '
        'union all select %2$s from c360_after.%4$I) as summands group by %6$s having %7$s',
        results, plus, p_base, p_stage.name, minus, keys, not_empty
    )
    from parts
$$;

create or replace function c360.run_added(p_schema text, p_base text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_stage c360.stage := p_stage;
begin
    if p_stage.steady_table is null or c360.is_steady(p_schema, p_stage.steady_table) then
        perform c360.run_both_sides(p_schema, p_stage);
        v_stage.body := c360.adding_up(case when p_stage.is_kept then 'c360_kept' else p_base end, p_stage);
        v_stage.split := '{}';
    end if;
    perform c360.look_at(p_schema, 'c360_kept');
    return c360.run_stage_into(p_schema, v_stage);
end
$$;

create or replace function c360.run_incrementally(p_schema text, p_base text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
begin
    case p_stage.way
        when 'by customer' then
            v_rows := c360.run_by_customer(p_schema, p_stage);
        when 'added' then
            v_rows := c360.run_added(p_schema, p_base, p_stage);
        else
            perform c360.look_at(p_schema, 'c360_kept');
            v_rows := c360.run_stage_into(p_schema, p_stage);
    end case;
    if p_stage.name = 'customer_dimensions' then
        perform c360.widen_sides(p_schema, p_stage.position);
    end if;
    return v_rows;
end
$$;

-- The rows of a build that the next incremental run starts from; those by customer are there already. A rejected build
-- leaves none, for its rows are not to be trusted.
create or replace function c360.keep_rows(p_run_id bigint) returns void
language plpgsql as $$
declare
    v_schema constant text := c360.build_schema(p_run_id);
    v_name text;
begin
    drop schema if exists c360_before, c360_after, c360_moved cascade;
    if c360.is_distributed() then
        return;
    end if;
    for v_name in select name from c360.stage where is_kept union all select 'fingerprints' loop
        if to_regclass(format('%I.%I', v_schema, v_name)) is not null then
            execute format('drop table if exists c360_kept.%I', v_name);
            execute format('alter table %I.%I set schema c360_kept', v_schema, v_name);
        end if;
    end loop;
    delete from c360_kept.state;
    if c360.verdict(p_run_id) <> 'rejected' then
        insert into c360_kept.state (run_id, watched) values (p_run_id, c360.watched());
        delete from c360.changed_customer;
        delete from c360.change_gap;
    end if;
end
$$;
