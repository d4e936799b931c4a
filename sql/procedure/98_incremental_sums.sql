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

-- The statement that adds up: columns in their order, each a sum, a key, or computed anew from the keys. Most rows are
-- those of nobody who is affected, and are copied: to group all of them took thrice as long. They are told by a hash of
-- the key; a row that has it by chance is added up with nothing.
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
            string_agg(coalesce(anew, quote_ident(attname)), ', ' order by attnum) as copies,
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
    ),

    affected as (
        select
            parts.*,
            format(
                'in (select hash_record_extended(row(%1$s), 0) from c360_before.%2$I '
                'union all select hash_record_extended(row(%1$s), 0) from c360_after.%2$I)', keys, p_stage.name
            ) as in_affected
        from parts
    )

    select format(
        'select %8$s from %3$I.%4$I where hash_record_extended(row(%6$s), 0) not %9$s union all '
        'select %1$s from (select %2$s from %3$I.%4$I where hash_record_extended(row(%6$s), 0) %9$s '
        'union all select %5$s from c360_before.%4$I union all select %2$s from c360_after.%4$I) as summands '
        'group by %6$s having %7$s',
        results, plus, p_base, p_stage.name, minus, keys, not_empty, copies, in_affected
    )
    from affected
$$;

-- By one process: several would hand over all that is copied.
create or replace function c360.add_up(p_schema text, p_base text, p_stage c360.stage) returns bigint
language plpgsql
set max_parallel_workers_per_gather = 0 as $$
declare
    v_stage c360.stage := p_stage;
begin
    perform c360.run_both_sides(p_schema, p_stage);
    v_stage.body := c360.adding_up(case when p_stage.is_kept then 'c360_kept' else p_base end, p_stage);
    v_stage.split := '{}';
    perform c360.look_at(p_schema, 'c360_kept');
    return c360.run_stage_into(p_schema, v_stage);
end
$$;

create or replace function c360.run_added(p_schema text, p_base text, p_stage c360.stage) returns bigint
language plpgsql as $$
begin
    if p_stage.steady_table is null or c360.is_steady(p_schema, p_stage.steady_table) then
        return c360.add_up(p_schema, p_base, p_stage);
    end if;
    perform c360.look_at(p_schema, 'c360_kept');
    return c360.run_stage_into(p_schema, p_stage);
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
