-- Back-tests: what scores and forecasts said at an earlier moment, beside what then happened. The build that they were
-- read from is gone; the numbers stay with the line of their run.

create table if not exists c360.back_test (
    run_id bigint primary key references c360.run on delete cascade,
    as_of timestamptz not null,
    until timestamptz not null,
    days integer not null,
    customers bigint not null,
    returned bigint not null
);

create table if not exists c360.back_test_ranking (
    run_id bigint not null references c360.back_test on delete cascade,
    rule text not null,
    customers bigint not null,
    auc double precision,
    lead double precision,
    lead_error double precision,
    primary key (run_id, rule)
);

create table if not exists c360.back_test_decile (
    run_id bigint not null references c360.back_test on delete cascade,
    rule text not null,
    decile integer not null,
    customers bigint not null,
    returned bigint not null,
    expected_returned double precision,
    order_days bigint not null,
    expected_order_days double precision,
    primary key (run_id, rule, decile)
);

create table if not exists c360.back_test_group (
    run_id bigint not null references c360.back_test on delete cascade,
    grouping text not null,
    name text not null,
    customers bigint not null,
    returned bigint not null,
    order_days bigint not null,
    expected_order_days double precision,
    order_days_before bigint not null,
    sales numeric not null,
    expected_sales double precision,
    sales_before numeric not null,
    primary key (run_id, grouping, name)
);

comment on table c360.back_test is
'One row per back-test: customers with an order at as_of, and how many of them returned until a number of days later.';
comment on table c360.back_test_ranking is 'How well each rule tells who will not return from who will.';
comment on column c360.back_test_ranking.auc is
'Of all pairs of one who did not return and one who did, the share in which the rule saw the higher risk in the first; '
'ties count half. Null where nobody, or everybody, returned.';
comment on column c360.back_test_ranking.lead is 'AUC less that of days since the last order, the plain recency rule.';
comment on column c360.back_test_ranking.lead_error is
'Standard error of the lead (DeLong, DeLong, Clarke-Pearson 1988): under two of them it may be chance.';
comment on table c360.back_test_decile is
'Tenths of the customers by the risk that a rule sees, 1 the lowest; equal values share a tenth.';
comment on column c360.back_test_decile.expected_returned is 'How many the rule says return; null where it says none.';
comment on table c360.back_test_group is
'Days with an order (the unit of the forecasts) and net sales of groups of customers: expected by the model (null '
'without one), what happened, and what happened in as many days before, which is the plain expectation.';

do $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        grant select on c360.back_test, c360.back_test_ranking, c360.back_test_decile, c360.back_test_group
        to c360_reader;
    end if;
end
$$;
