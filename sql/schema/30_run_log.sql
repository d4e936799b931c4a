-- The run log: every attempt to build, whatever became of it.

create table if not exists c360.run (
    run_id bigint generated always as identity primary key,
    kind text not null,
    trigger text not null,
    requested_by text not null,
    as_of timestamptz,
    state text not null,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    data_to timestamptz,
    pid integer not null default pg_backend_pid(),
    error text,
    sqlstate text
);

alter table c360.run
add column if not exists changed_customers bigint,
add column if not exists note text,
drop constraint if exists run_kind_check,
drop constraint if exists run_state_is_known,
add constraint run_kind_check check (kind in ('full', 'incremental', 'backtest')),
add constraint run_state_is_known check (
    state in (
        'running', 'held', 'rejected', 'published', 'replaced', 'discarded', 'failed', 'cancelled', 'lost', 'tested'
    )
);

comment on column c360.run.changed_customers is 'Incremental runs: customers whose rows were computed anew.';
comment on column c360.run.note is 'Why an incremental run became a full one.';
comment on table c360.run is 'One row per run; run_id is also the id of the build it makes (schema c360_b<run_id>).';
comment on column c360.run.kind is
'full; incremental; backtest: a build of an earlier moment that is compared with what then happened, and dropped.';
comment on column c360.run.state is
'running; held: a drift check waits for an administrator; rejected: a stop check failed; published; '
'replaced: by a later build; discarded; failed; cancelled; lost: its session ended before the build did; tested: a '
'back-test, whose build is gone.';

create table if not exists c360.run_stage (
    run_id bigint not null references c360.run on delete cascade,
    position integer not null,
    stage text not null,
    rows bigint not null,
    seconds double precision not null,
    primary key (run_id, position)
);

create table if not exists c360.run_exclusion (
    run_id bigint not null references c360.run on delete cascade,
    relation text not null,
    reason text not null,
    treatment text not null,
    rows bigint not null,
    primary key (run_id, relation, reason)
);

create table if not exists c360.run_check (
    run_id bigint not null references c360.run on delete cascade,
    name text not null,
    severity text not null check (severity in ('stop', 'hold')),
    observed numeric,
    expected numeric,
    passed boolean not null,
    sentence text not null,
    primary key (run_id, name)
);

create table if not exists c360.run_summary (
    run_id bigint primary key references c360.run on delete cascade,
    customers bigint not null,
    lifetime_value numeric not null,
    high_share numeric not null,
    medium_share numeric not null,
    low_share numeric not null
);

comment on table c360.run_stage is 'Stages of a run with their rows and seconds.';
comment on table c360.run_exclusion is 'Source rows that a run did not count, with the reason.';
comment on table c360.run_check is 'Checks before publishing: stop rejects the build, hold asks an administrator.';
comment on table c360.run_summary is 'The few numbers that later builds are compared with.';

create table if not exists c360.run_movement (
    run_id bigint not null references c360.run on delete cascade,
    since bigint not null references c360.run on delete cascade,
    value_segment_before text,
    rfm_segment_before text,
    has_left boolean not null,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    customers bigint not null,
    lifetime_value numeric
);

create index if not exists run_movement_of_builds on c360.run_movement (run_id, since);

comment on table c360.run_movement is
'Customers of a build by their segments in an earlier one, since; dimensions are those of the build, or the earlier '
'ones of whoever has left; segments before are null for newcomers.';

create table if not exists c360.publication (
    is_single boolean primary key default true check (is_single),
    run_id bigint not null references c360.run,
    published_at timestamptz not null default clock_timestamp()
);

comment on table c360.publication is 'Which build the views in this schema point at.';
