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

-- Of 64 bits: no two combinations of a build have the same one, or its checks reject it.
create or replace function c360.cell_number(
    value_segment text, rfm_segment text, churn_band text, country text, acquisition_channel text
) returns bigint
language sql immutable parallel safe
return hash_record_extended(row(value_segment, rfm_segment, churn_band, country, acquisition_channel), 0);

comment on function c360.cell_number is 'The cell of customer_dimensions with these dimensions.';
