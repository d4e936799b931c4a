-- Stage: top_products (kept)
-- Grain: product_id
-- Reads: sold_products, settings
-- Means: the products with the most orders; pairs are counted among them.

select product_id
from sold_products
order by orders desc, product_id::text collate "C"
limit (select settings.affinity_products::integer from settings)
