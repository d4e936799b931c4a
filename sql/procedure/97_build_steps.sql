-- The steps of a build, each a function: settings, one stage, the end of its working tables. create_customer_360 calls
-- them.

-- One row, one column per setting: the record of what this build used, and what the stages read.
create or replace function c360.freeze_settings(p_schema text) returns void
language plpgsql as $$
declare
    v_columns text;
begin
    select string_agg(
        format(case when is_number then '%L::numeric as %I' else '%L::text as %I' end, value, name), ', ' order by name
    )
    into v_columns
    from c360.setting;
    execute format('create table %I.settings as select %s, c360.as_of() as as_of, ', p_schema, v_columns)
    || 'c360.as_of() - make_interval(days => c360.setting_value(''comparison_days'')::integer) as comparison_as_of';
    execute format('analyze %I.settings', p_schema);
end
$$;

create or replace function c360.make(p_schema text, p_stage c360.stage, p_select text) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
begin
    execute format(
        'create %s table %I.%I as %s',
        case when p_stage.is_working or p_stage.is_kept then 'unlogged' else '' end,
        p_schema, p_stage.name, p_select
    );
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;

create or replace function c360.run_stage_into(p_schema text, p_stage c360.stage) returns bigint
language plpgsql as $$
declare
    v_rows bigint;
    v_index text;
begin
    if c360.is_distributed() then
        v_rows := c360.make_on_cluster(p_schema, p_stage);
    elsif p_stage.split = '{}' then
        v_rows := c360.make(p_schema, p_stage, p_stage.body);
    else
        v_rows := c360.make_over_ranges(p_schema, p_stage);
    end if;
    if p_stage.grain = array['customer_id'] then
        execute format('alter table %I.%I add primary key (customer_id)', p_schema, p_stage.name);
    end if;
    foreach v_index in array p_stage.indexes loop
        execute format('create index on %I.%I (%s)', p_schema, p_stage.name, v_index);
    end loop;
    -- Of tables that no big join reads, or with one row per customer, 6,000 rows say enough: the usual 30,000 cost more
    -- than making customer_360.
    perform set_config(
        'default_statistics_target',
        case when (p_stage.is_working or p_stage.is_kept) and p_stage.grain <> '{customer_id}' then '100' else '20' end,
        true
    );
    execute format('analyze %I.%I', p_schema, p_stage.name);
    execute format('comment on table %I.%I is %L', p_schema, p_stage.name, p_stage.meaning);
    return v_rows;
end
$$;

create or replace function c360.comment_columns(p_schema text) returns void
language plpgsql as $$
declare
    v_column c360.column_meaning;
begin
    for v_column in select * from c360.column_meaning loop
        execute format(
            'comment on column %I.customer_360.%I is %L', p_schema, v_column.column_name, v_column.meaning
        );
    end loop;
end
$$;

create or replace function c360.drop_working_tables(p_schema text) returns void
language plpgsql as $$
declare
    v_name text;
begin
    for v_name in select name from c360.stage
        where is_working or is_kept and c360.is_distributed()
        order by position desc loop
        execute format('drop table if exists %I.%I', p_schema, v_name);
    end loop;
end
$$;

-- One rebuild or back-test at a time, as a lock of the transaction: nothing is left of it when a session ends in any
-- way. Who installs the SQL holds the lock too, and is no run.
create or replace function c360.lock_rebuild() returns void
language plpgsql as $$
begin
    if not pg_try_advisory_xact_lock(hashtext('c360.create_customer_360')) then
        raise exception 'only one build runs at a time, and %',
            coalesce(c360.rebuild_under_way(), 'the SQL is being installed or another build is starting')
            using errcode = 'lock_not_available', hint = 'c360 status shows how far it is; start again when it has ended.';
    end if;
end
$$;
