-- What is asked of the rebuild from outside: to start, to stop, and to tell what became of it.

create table if not exists c360.rebuild_request (
    is_single boolean primary key default true check (is_single),
    trigger text not null,
    requested_by text not null,
    requested_at timestamptz not null default clock_timestamp()
);

comment on table c360.rebuild_request is
'The last rebuild that the web application or the schedule has asked for; its run follows within a minute.';

create table if not exists c360.run_cancellation (
    run_id bigint primary key references c360.run on delete cascade,
    requested_by text not null,
    requested_at timestamptz not null default clock_timestamp()
);

comment on table c360.run_cancellation is 'Who asked to end a run before it was done.';

create table if not exists c360.run_notice (
    run_id bigint primary key references c360.run on delete cascade,
    event text not null check (event in ('failed', 'held', 'recovered')),
    noticed_at timestamptz not null default clock_timestamp()
);

comment on table c360.run_notice is
'What the webhook was told about: each run once, by whoever noticed first.';
