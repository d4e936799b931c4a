-- Stage: customer_words
-- Grain: customer_id
-- Reads: basic_information
-- Means: what customers are found by when somebody types, in small letters: the id, and after a line break, which
--        nobody types, name and e-mail. Every row is looked through, for what is typed may stand anywhere: a narrow
--        table, and bytes, which are searched in two thirds of the time of text.

select
    customer_id,
    convert_to(
        lower(customer_id::text) || chr(10)
        || lower(concat_ws(' ', first_name, last_name)) || chr(1) || coalesce(lower(email), ''),
        'UTF8'
    ) as found_by
from basic_information
