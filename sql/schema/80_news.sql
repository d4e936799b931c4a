-- What became of runs and was not told yet. Whoever asks has to tell it: nobody else is given it again.

create or replace function c360.news() returns setof c360.run_notice
language sql as $$
    with outcomes as (
        select
            run_id,
            case
                when state in ('failed', 'lost', 'rejected') then 'failed'
                when state = 'held' then 'held'
                when state in ('published', 'replaced') then 'good'
            end as outcome
        from c360.run_history
        where state <> 'cancelled' and kind <> 'backtest' and coalesce(ended_at, started_at) > clock_timestamp() - interval '1 day'
    ),

    events as (
        select
            run_id,
            case
                when outcome <> 'good' then outcome
                when lag(outcome) over (order by run_id) in ('failed', 'held') then 'recovered'
            end as event
        from outcomes
        where outcome is not null
    )

    insert into c360.run_notice (run_id, event)
    select run_id, event from events where event is not null order by run_id
    on conflict (run_id) do nothing
    returning *
$$;

comment on function c360.news is
'Runs of the last day that failed, were held, or were good again after that; each once.';
