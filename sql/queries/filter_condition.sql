-- The filter condition, written once: true for the customers that a page or an answer is about. It stands in every
-- question as :filter_condition and reads the five dimensions that all tables of a build carry. A filter that is not
-- set is null; the word unknown means the customers without a value.

-- fragment: filter_condition
-- parameters: value_segment, rfm_segment, churn_band, country, acquisition_channel
(
    (
        cast(:value_segment as text[]) is null
        or coalesce(value_segment, 'unknown') = any(cast(:value_segment as text[]))
    )
    and (
        cast(:rfm_segment as text[]) is null
        or coalesce(rfm_segment, 'unknown') = any(cast(:rfm_segment as text[]))
    )
    and (
        cast(:churn_band as text[]) is null
        or coalesce(churn_band, 'unknown') = any(cast(:churn_band as text[]))
    )
    and (
        cast(:country as text[]) is null
        or coalesce(country, 'unknown') = any(cast(:country as text[]))
    )
    and (
        cast(:acquisition_channel as text[]) is null
        or coalesce(acquisition_channel, 'unknown') = any(cast(:acquisition_channel as text[]))
    )
)
