-- The cell of a customer: the combination of the five dimensions that pages filter by, as a number. Two cells may have
-- the same one; who looks for a cell compares the dimensions too.

create or replace function c360.cell_of(
    value_segment text, rfm_segment text, churn_band text, country text, acquisition_channel text
) returns integer
language sql immutable parallel safe
return hashtext(
    coalesce(value_segment, '') || chr(1) || coalesce(rfm_segment, '') || chr(1) || coalesce(churn_band, '') || chr(1)
    || coalesce(country, '') || chr(1) || coalesce(acquisition_channel, '')
);

comment on function c360.cell_of is 'The number of a combination of the five dimensions; equal for equal ones.';
