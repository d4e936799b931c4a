-- The newest back-test as pages, files and the command line show it. To return is to order again within its days.

create or replace view c360.last_back_test as
select *
from c360.back_test
order by run_id desc
limit 1;

create or replace view c360.last_back_test_ranking as
select
    ranking.rule,
    ranking.auc,
    ranking.lead,
    ranking.lead_error,
    last_back_test.as_of,
    last_back_test.until,
    last_back_test.days,
    last_back_test.customers,
    last_back_test.returned
from c360.last_back_test
inner join c360.back_test_ranking as ranking on last_back_test.run_id = ranking.run_id;

create or replace view c360.last_back_test_deciles as
select
    deciles.rule,
    deciles.decile,
    deciles.customers,
    1 - deciles.expected_returned / deciles.customers as foretold_share,
    (deciles.customers - deciles.returned)::double precision / deciles.customers as not_returned_share,
    (deciles.customers - deciles.returned)::double precision / deciles.customers
    * last_back_test.customers / nullif(last_back_test.customers - last_back_test.returned, 0) as risk_lift,
    deciles.expected_order_days as order_days_foretold,
    deciles.order_days,
    last_back_test.days
from c360.last_back_test
inner join c360.back_test_decile as deciles on last_back_test.run_id = deciles.run_id;

create or replace view c360.last_back_test_groups as
select
    groups.grouping,
    groups.name as group_name,
    groups.customers,
    (groups.customers - groups.returned)::double precision / groups.customers as not_returned_share,
    groups.expected_order_days as order_days_foretold,
    groups.order_days,
    groups.order_days_before,
    round(groups.expected_sales::numeric, 2) as sales_foretold,
    round(groups.sales, 2) as sales,
    round(groups.sales_before, 2) as sales_before,
    last_back_test.days
from c360.last_back_test
inner join c360.back_test_group as groups on last_back_test.run_id = groups.run_id;

comment on view c360.last_back_test is 'The newest back-test: when it looked from, over how many days, at whom.';
comment on view c360.last_back_test_ranking is 'How well each rule told who returns in the newest back-test.';
comment on view c360.last_back_test_deciles is
'Tenths by risk in the newest back-test: the share foretold not to return, and the true one.';
comment on view c360.last_back_test_groups is
'Days with an order and net sales of groups in the newest back-test, foretold and true.';

do $$
begin
    if exists (select from pg_roles where rolname = 'c360_reader') then
        grant select on c360.last_back_test, c360.last_back_test_ranking, c360.last_back_test_deciles,
            c360.last_back_test_groups to c360_reader;
    end if;
end
$$;
