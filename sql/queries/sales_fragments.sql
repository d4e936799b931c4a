-- Parts of the questions about sales over time.

-- The months from the first to the last with a sale, as far as the dates reach, those without one included, and whether
-- each has ended.
-- fragment: calendar_of_months
-- parameters: date_from, date_to
(
    select
        each.month::date as month,
        each.month + interval '1 month' <= settings.as_of + interval '1 second' as is_complete
    from (select min(month)::timestamp as first_month, max(month)::timestamp as last_month from monthly_sales) as known
    cross join settings
    cross join lateral generate_series(known.first_month, known.last_month, interval '1 month') as each (month)
    where
        (cast(:date_from as date) is null or each.month >= date_trunc('month', cast(:date_from as date)))
        and (cast(:date_to as date) is null or each.month <= cast(:date_to as date))
)

-- Of the filters those that were known at the first order: a cohort of Champions would be chosen by its own outcome.
-- fragment: cohort_condition
-- parameters: country, acquisition_channel
(
    (cast(:country as text[]) is null or coalesce(country, 'unknown') = any(cast(:country as text[])))
    and (
        cast(:acquisition_channel as text[]) is null
        or coalesce(acquisition_channel, 'unknown') = any(cast(:acquisition_channel as text[]))
    )
)
