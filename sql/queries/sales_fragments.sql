-- Parts of the questions about sales over time.

-- The months from the first to the last with a sale, as far as the dates reach, those without one included, and whether
-- each has ended.
-- fragment: calendar_of_months
-- parameters: date_from, date_to
(
    select
        months.month::date as month,
        coalesce(bool_and(monthly_sales.is_complete), true) as is_complete
    from (select min(month) as first, max(month) as last from monthly_sales) as known
    cross join generate_series(known.first, known.last, interval '1 month') as months (month)
    left join monthly_sales on months.month = monthly_sales.month
    where
        (cast(:date_from as date) is null or months.month >= date_trunc('month', cast(:date_from as date)))
        and (cast(:date_to as date) is null or months.month <= cast(:date_to as date))
    group by months.month
)
