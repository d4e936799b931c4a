-- Both sides of an incremental run: c360_before and c360_after hold rows of the touched customers, and from the stage
-- customer_dimensions on also those of customers whose cell moved.

-- The stages by customer whose rows aggregates after a position need on both sides; what is kept of customers is taken
-- from there, and what is not (working stages) is made again on each side from what those stages read.
create or replace function c360.stages_of_sides(p_after integer) returns setof c360.stage
language sql stable as $$
    with recursive needed as (
        select adding.reads
        from c360.stage as adding
        where adding.way = 'added' and adding.position > p_after
        union
        select made.reads
        from needed
        inner join c360.stage as made on needed.reads @> array[made.name]
        where made.way = 'by customer' and made.is_working
    )

    select *
    from c360.stage as made
    where made.way = 'by customer' and exists (select from needed where needed.reads @> array[made.name])
    order by made.position
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
    v_stage c360.stage;
begin
    perform c360.find_moved(p_schema);
    perform set_config('enable_nestloop', 'on', true);
    for v_stage in select * from c360.stages_of_sides(p_position) loop
        perform c360.take_side('c360_moved', 'c360_moved', v_stage);
        execute format('insert into c360_before.%1$I select * from c360_moved.%1$I', v_stage.name);
        execute format('insert into c360_after.%1$I select * from c360_moved.%1$I', v_stage.name);
        execute format('analyze c360_before.%1$I, c360_after.%1$I', v_stage.name);
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
