-- Who moved between a build and the ones before it, counted once: the page would have to look at every customer of two
-- builds. Kept by the dimensions that pages filter by, as those of a build are (customer_cells), and like those the
-- numbers stay as they are when somebody is erased, until the next build.

-- The builds that a page may compare with this one, and that will stay when it is published.
create or replace function c360.builds_to_compare(p_run_id bigint) returns setof bigint
language sql stable as $$
    with id_types as (
        select
            pg_namespace.nspname as build,
            pg_attribute.atttypid as id_type
        from pg_namespace
        inner join pg_class on pg_namespace.oid = pg_class.relnamespace and pg_class.relname = 'customer_360'
        inner join pg_attribute on pg_class.oid = pg_attribute.attrelid and pg_attribute.attname = 'customer_id'
    )

    select run.run_id
    from c360.run
    inner join id_types as earlier on earlier.build = c360.build_schema(run.run_id)
    inner join id_types as present
        on present.build = c360.build_schema(p_run_id) and earlier.id_type = present.id_type
    where
        run.run_id < p_run_id
        and run.state in ('published', 'replaced')
        and run.run_id not in (
            select c360.old_builds(c360.setting_value('builds_kept')::integer, p_after_the_next => true)
        )
$$;

create or replace function c360.now_or_then(p_column text) returns text
language sql immutable
return format('case when present.customer_id is null then past.%1$s else present.%1$s end', p_column);

-- Customers of the build have the dimensions they have in it, those who left it the ones they had. Most customers of a
-- cell are in the segments they were in: those are what moving leaves of the cell, and not added up again.
create or replace function c360.movement_between(p_schema text, p_earlier text) returns text
language sql immutable as $$
    select format(
        $text$
            with moved as (
                select
                    past.value_segment as value_segment_before,
                    past.rfm_segment as rfm_segment_before,
                    present.customer_id is null as has_left,
                    %1$s,
                    count(*) as customers,
                    coalesce(sum(%2$s), 0) as lifetime_value
                from %4$I.customer_list as present
                full join %5$I.customer_list as past on present.customer_id = past.customer_id
                where
                    present.customer_id is null
                    or past.customer_id is null
                    or (past.value_segment, past.rfm_segment)
                    is distinct from (present.value_segment, present.rfm_segment)
                group by 1, 2, 3, 4, 5, 6, 7, 8
            ),

            added as (
                select * from moved
                union all
                select value_segment, rfm_segment, false, %3$s, -customers, -lifetime_value from moved where not has_left
                union all
                select value_segment, rfm_segment, false, %3$s, customers, lifetime_value
                from %4$I.customer_cells
                where moment = 'as_of'
            )

            select
                value_segment_before, rfm_segment_before, has_left, %3$s,
                sum(customers) as customers, sum(lifetime_value) as lifetime_value
            from added
            group by 1, 2, 3, 4, 5, 6, 7, 8
            having sum(customers) > 0
        $text$,
        string_agg(c360.now_or_then(name) || ' as ' || name, ', ' order by place),
        c360.now_or_then('lifetime_value'),
        string_agg(name, ', ' order by place),
        p_schema,
        p_earlier
    )
    from unnest(array['value_segment', 'rfm_segment', 'churn_band', 'country', 'acquisition_channel'])
    with ordinality as dimension (name, place)
$$;

create or replace function c360.keep_movements(p_run_id bigint) returns void
language plpgsql as $$
declare
    v_schema constant text := c360.build_schema(p_run_id);
    v_since bigint;
begin
    delete from c360.run_movement where run_id = p_run_id;
    for v_since in select c360.builds_to_compare(p_run_id) loop
        begin
            -- A table, for what is inserted is not computed in parallel.
            execute format('create unlogged table %I.moved as ', v_schema)
            || c360.movement_between(v_schema, c360.build_schema(v_since));
            execute format('insert into c360.run_movement select $1, $2, moved.* from %I.moved', v_schema)
            using p_run_id, v_since;
            execute format('drop table %I.moved', v_schema);
        -- A build of an earlier version, or one dropped meanwhile: the page then looks at every customer of both, or
        -- says that it is gone.
        exception when undefined_table or undefined_column then
            null;
        end;
    end loop;
end
$$;

comment on function c360.keep_movements is 'Counts who moved between the builds before and this one, for run_movement.';
