-- Stages in several processes. PostgreSQL never groups by customer in parallel, for every group needs all of its rows;
-- a union of the same statement over ranges of customers it does. A stage with the header line “Split: relations” is
-- computed that way in a full run: each range sees only its part of these relations. Where they lie in the order of
-- customers, a range is read by index and grouped as it comes, without a hash or sort of all. With “Split: relation by
-- cell” they are ranges of cells: their sums lie apart, so that nothing is added up again, and in smaller hashes. This
-- is the one trick of the build; it is here, and the text of a stage says nothing of it.

-- The stage as a union over the ranges. The relations are given the same names inside each of them.
create or replace function c360.over_ranges(p_stage c360.stage) returns text
language sql as $$
    with parts as (
        select format(
            'select * from (with %s select * from (%s) as stage) as part',
            (
                select string_agg(
                    format(
                        '%I as not materialized (select * from %s where %s)',
                        replace(relation, 'c360_in.', ''), relation, range
                    ), ', '
                )
                from unnest(p_stage.split) as relation
            ),
            replace(p_stage.body, 'c360_in.', '')
        ) as part
        from unnest(case p_stage.split_by when 'cell' then c360.cell_ranges() else c360.customer_ranges() end) as range
    )

    select string_agg(part, E'\nunion all\n') from parts
$$;

-- Sums of ranges are added up where customers of several ranges share a row: the columns that the header calls added.
create or replace function c360.added_over_ranges(p_schema text, p_stage c360.stage) returns text
language plpgsql as $$
declare
    v_columns text;
    v_keys text;
begin
    execute format('create unlogged table %I.%I as %s with no data', p_schema, p_stage.name, p_stage.body);
    select
        string_agg(
            case
                when attname = any (p_stage.added_columns)
                    then format('sum(%1$I)::%2$s as %1$I', attname, format_type(atttypid, atttypmod))
                else quote_ident(attname)
            end, ', ' order by attnum
        ),
        string_agg(quote_ident(attname), ', ') filter (where attname <> all (p_stage.added_columns))
    into v_columns, v_keys
    from pg_attribute
    where attrelid = format('%I.%I', p_schema, p_stage.name)::regclass and attnum > 0;
    execute format('drop table %I.%I', p_schema, p_stage.name);
    return format('select %s from (%s) as parts group by %s', v_columns, c360.over_ranges(p_stage), v_keys);
end
$$;

-- Whether all of the relations have an index on the customer, and so lie in the order of customers.
create or replace function c360.lie_by_customer(p_names text[]) returns boolean
language sql stable as $$
    select not exists (select from c360.stage where name = any (p_names) and indexes <> array['customer_id'])
$$;

-- Ranges are computed beside each other, not the scans within one: PostgreSQL forgets the plan without parallel scans
-- once one with them is cheaper, and can then no longer put whole ranges beside each other. The process that leads only
-- writes: a range of its own would keep it from taking what the others have found, and them waiting (-8 % of the time).
create or replace function c360.make_over_ranges(p_schema text, p_stage c360.stage) returns bigint
language plpgsql
set min_parallel_table_scan_size = '5TB' set min_parallel_index_scan_size = '5TB'
set parallel_leader_participation = 'off' set enable_hashagg = 'on' as $$
begin
    -- Rows that come by customer need only a customer's few to be sorted; estimates of how many groups there are would
    -- have all of them hashed. What adds up over customers has few groups, and is hashed.
    perform set_config('enable_hashagg', (p_stage.way = 'added' or not c360.lie_by_customer(p_stage.split))::text, true);
    return c360.make(
        p_schema, p_stage,
        case
            when p_stage.way = 'added' and p_stage.split_by <> 'cell' then c360.added_over_ranges(p_schema, p_stage)
            else c360.over_ranges(p_stage)
        end
    );
end
$$;
