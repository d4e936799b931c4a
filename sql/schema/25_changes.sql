-- Which customers' rows have changed since the rows in c360_kept were made, and the state those rows are in.
--
-- A table of the contract carries statement triggers, which log the customers of inserted, updated (old and new) and
-- deleted rows. They miss what is written while triggers do not fire: disabled ones, session_replication_role =
-- replica, rows that arrive by logical replication. Anything else, such as a view over a shop's own tables, is
-- found by fingerprints: a hash per customer, one pass over the relation in each run, which misses nothing but costs
-- the pass. c360.track moves a view to the log. A full run looks at every row and repairs whatever was missed.
--
-- All of this is unlogged: after a crash of the server it is empty, kept rows and log alike, and the next run is full.

create schema if not exists c360_kept;

comment on schema c360_kept is 'Rows that a build leaves for the next incremental run; made anew by every full one.';

create unlogged table if not exists c360_kept.state (
    is_single boolean primary key default true check (is_single),
    run_id bigint not null,
    watched jsonb not null
);

comment on table c360_kept.state is 'Which build the kept rows belong to; no row: there are none to start from.';

create unlogged table if not exists c360.changed_customer (
    customer_id text not null,
    relation text not null,
    changed_at timestamptz not null default now()
);

comment on table c360.changed_customer is
'Customers whose rows changed. Consumed in the transaction that writes the kept rows, never before.';

create unlogged table if not exists c360.change_gap (
    reason text not null,
    happened_at timestamptz not null default now()
);

comment on table c360.change_gap is 'Changes that could not be logged customer by customer: the next run is full.';

create table if not exists c360.tracked_table (
    relation text not null,
    base_table text not null,
    primary key (relation, base_table)
);

comment on table c360.tracked_table is 'Tables behind a view of the schema source that log their changes: c360.track.';

-- Arguments: the column that names the customer, the relation of the contract.
create or replace function c360.log_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_op = 'TRUNCATE' then
        insert into c360.change_gap (reason) values (format('%s.%s was emptied', tg_table_schema, tg_table_name));
    else
        execute format(
            'insert into c360.changed_customer (customer_id, relation) '
            'select distinct %1$I::text, %2$L from (%3$s) as changed where %1$I is not null',
            tg_argv[0], tg_argv[1],
            case tg_op
                when 'INSERT' then 'select * from new_rows'
                when 'DELETE' then 'select * from old_rows'
                else 'select * from old_rows union all select * from new_rows'
            end
        );
    end if;
    return null;
end
$$;

create or replace function c360.watch(p_table regclass, p_customer_column text, p_relation text) returns void
language plpgsql as $$
declare
    v_event record;
begin
    for v_event in
        select *
        from (values
            ('insert', 'referencing new table as new_rows'),
            ('update', 'referencing old table as old_rows new table as new_rows'),
            ('delete', 'referencing old table as old_rows'),
            ('truncate', '')
        ) as events (name, rows)
    loop
        execute format(
            'create or replace trigger %I after %s on %s %s for each statement '
            'execute function c360.log_change(%L, %L)',
            'c360_' || p_relation || '_' || v_event.name, v_event.name, p_table, v_event.rows,
            p_customer_column, p_relation
        );
    end loop;
end
$$;

comment on function c360.watch is 'Makes a table log the customers whose rows change.';

create or replace function c360.track(p_relation text, p_table regclass, p_customer_column text) returns void
language plpgsql as $$
begin
    perform c360.watch(p_table, p_customer_column, p_relation);
    insert into c360.tracked_table (relation, base_table) values (p_relation, p_table::text) on conflict do nothing;
end
$$;

comment on function c360.track is
'Logs changes of a table behind a view of the schema source; call it for every table that the view reads.';

create or replace function c360.is_watched(p_table regclass) returns boolean
language sql stable
return (
    select count(*) = 4
    from pg_trigger
    where tgrelid = p_table and tgfoid = 'c360.log_change'::regproc and tgenabled in ('O', 'A')
);
