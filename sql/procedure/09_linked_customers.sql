-- Stage: linked_customers
-- Grain: customer_id
-- Reads: c360_in.link
-- Means: ids that are other ids of a person, whose they are counted as; empty in a shop without source.customer_links.
--        Customers whose links differ in the next build are touched.
-- Index: person_id

select customer_id, person_id
from c360_in.link
