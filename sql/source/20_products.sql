create schema if not exists source;

create table if not exists source.products (
    product_id text primary key,
    name text,
    category text,
    brand text
);

comment on table source.products is
'One row per product as it is counted (a variant is a product of its own if the shop sells it so).';
comment on column source.products.product_id is 'Key. text, bigint or uuid, the same in every relation.';
comment on column source.products.name is 'Name as shown; null where the shop gives none.';
comment on column source.products.category is 'Category, one level; null is shown as without category.';
comment on column source.products.brand is 'Brand; null is shown as without brand.';
