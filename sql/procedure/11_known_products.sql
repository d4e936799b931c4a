-- Stage: known_products (kept)
-- Grain: product_id
-- Reads: c360_in.products
-- Means: the catalogue of this build. Customers of a product that differs in the next one are touched.

select product_id, name, category, brand
from c360_in.products
