-- The filter condition, written once: true for the customers that a page or an answer is about. It stands in every
-- question as :filter_condition and reads the five dimensions that all tables of a build carry. A filter that is not
-- set is null; the word unknown means the customers without a value. Written so that statistics and indexes of the
-- columns serve it, which a coalesce around them would hide.

-- fragment: filter_condition
-- parameters: value_segment, rfm_segment, churn_band, country, acquisition_channel
(
    (
        cast(:value_segment as text[]) is null
        or value_segment = any(cast(:value_segment as text[]))
        or (value_segment is null and 'unknown' = any(cast(:value_segment as text[])))
    )
    and (
        cast(:rfm_segment as text[]) is null
        or rfm_segment = any(cast(:rfm_segment as text[]))
        or (rfm_segment is null and 'unknown' = any(cast(:rfm_segment as text[])))
    )
    and (
        cast(:churn_band as text[]) is null
        or churn_band = any(cast(:churn_band as text[]))
        or (churn_band is null and 'unknown' = any(cast(:churn_band as text[])))
    )
    and (
        cast(:country as text[]) is null
        or country = any(cast(:country as text[]))
        or (country is null and 'unknown' = any(cast(:country as text[])))
    )
    and (
        cast(:acquisition_channel as text[]) is null
        or acquisition_channel = any(cast(:acquisition_channel as text[]))
        or (acquisition_channel is null and 'unknown' = any(cast(:acquisition_channel as text[])))
    )
)
