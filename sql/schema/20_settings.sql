-- What an administrator sets, and the definitions that the build needs as rows.

create table if not exists c360.setting (
    name text primary key,
    value text not null,
    default_value text not null,
    is_number boolean not null,
    definition text not null
);

comment on table c360.setting is
'Settings of the build: one row per [parameters] entry of metrics.toml. Change value; the next build uses it.';

create table if not exists c360.rfm_cell_name (
    recency_score integer not null,
    frequency_score integer not null,
    rfm_segment text not null,
    primary key (recency_score, frequency_score)
);

comment on table c360.rfm_cell_name is 'Name of each cell of the recency × frequency grid, from metrics.toml.';

create table if not exists c360.column_meaning (
    column_name text primary key,
    meaning text not null
);

comment on table c360.column_meaning is 'Meaning of each column of customer_360; every build publishes it as comments.';

create table if not exists c360.excluded_customer (
    customer_id text primary key,
    reason text not null check (reason in ('erased', 'test')),
    excluded_at timestamptz not null default now()
);

comment on table c360.excluded_customer is 'Customers that no build contains: erased on request, or tests of the shop.';

create table if not exists c360.stage (
    position integer primary key,
    name text not null unique,
    is_working boolean not null,
    grain text[] not null,
    indexes text[] not null,
    meaning text not null,
    body text not null
);

alter table c360.stage
add column if not exists is_kept boolean not null default false,
add column if not exists reads text[] not null default '{}',
add column if not exists way text not null default 'anew' check (way in ('anew', 'by customer', 'added')),
add column if not exists added_columns text[] not null default '{}',
add column if not exists anew_columns text[] not null default '{}',
add column if not exists steady_table text,
add column if not exists split text[] not null default '{}',
add column if not exists split_by text not null default 'customer_id' check (split_by in ('customer_id', 'cell'));

comment on table c360.stage is
'The stages of the build in their order, as installed from sql/procedure. A working table is dropped at the end; a '
'kept one goes to the schema c360_kept, from which an incremental run starts.';
comment on column c360.stage.way is
'What an incremental run does. anew: the stage, as in a full run. by customer: for touched customers, whose kept rows '
'are replaced. added: the sums of the build it starts from, less what touched and moved customers were, plus what they '
'are; anew when the kept steady_table differs.';
comment on column c360.stage.split is
'Relations of which a full run computes ranges of customers, or of cells (split_by), beside each other.';

create table if not exists c360.installation (
    is_single boolean primary key default true check (is_single),
    signature text not null,
    installed_at timestamptz not null default now()
);

comment on table c360.installation is 'Which SQL is installed: hash of the files and of the types of the source.';

create or replace function c360.setting_value(p_name text) returns text
language sql stable parallel safe
return (
    select value
    from c360.setting
    where name = p_name
);

comment on function c360.setting_value is 'Value of one setting as text; null when there is no such setting.';

create or replace function c360.as_of() returns timestamptz
language sql stable parallel safe
return coalesce(nullif(current_setting('c360.as_of', true), '')::timestamptz, 'infinity'::timestamptz);

comment on function c360.as_of is
'The moment a running build looks from: no row after it is read. Outside a build: no limit.';

create or replace function c360.currency() returns text
language plpgsql stable parallel safe as $$
begin
    return coalesce(nullif(current_setting('c360.currency', true), ''), c360.setting_value('currency'));
end
$$;

comment on function c360.currency is 'The currency of the running build; outside a build the one that is set.';
