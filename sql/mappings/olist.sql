-- Olist, a Brazilian marketplace (the nine CSV files of kaggle.com/datasets/olistbr/brazilian-ecommerce).
--
-- Rules:
--   A person is customer_unique_id; customer_id is new for every order. The place is that of the person's latest order.
--   Completed is what left the seller: delivered, shipped. Cancelled: canceled, unavailable. All else is pending:
--   created, approved, invoiced, processing, and any word not known here.
--   Sales are the items' prices; freight, payments and sellers are not read.
--   A review is a service ticket: opened when the survey was sent, closed when it was answered. The same review_id may
--   stand for two orders, so both make the key.
--   Category names are English where there is a translation, else Portuguese. Products have neither name nor brand.

-- setting: currency = BRL
-- setting: timezone = America/Sao_Paulo

-- file: olist_customers_dataset.csv
create table c360_raw.olist_customers (
    customer_id text,
    customer_unique_id text,
    customer_zip_code_prefix text,
    customer_city text,
    customer_state text
);

-- file: olist_products_dataset.csv
create table c360_raw.olist_products (
    product_id text,
    product_category_name text
);

-- optional file: product_category_name_translation.csv
create table c360_raw.olist_translations (
    product_category_name text,
    product_category_name_english text
);

-- file: olist_orders_dataset.csv
create table c360_raw.olist_orders (
    order_id text,
    customer_id text,
    order_status text,
    order_purchase_timestamp timestamp
);

-- file: olist_order_items_dataset.csv
create table c360_raw.olist_order_items (
    order_id text,
    order_item_id integer,
    product_id text,
    price numeric
);

-- optional file: olist_order_reviews_dataset.csv
create table c360_raw.olist_reviews (
    review_id text,
    order_id text,
    review_score integer,
    review_creation_date timestamp,
    review_answer_timestamp timestamp
);

-- relation: customers
select distinct on (olist_customers.customer_unique_id)
    olist_customers.customer_unique_id as customer_id,
    initcap(olist_customers.customer_city) as city,
    olist_customers.customer_state as region,
    'Brazil' as country
from c360_raw.olist_customers
left join c360_raw.olist_orders on olist_customers.customer_id = olist_orders.customer_id
order by
    olist_customers.customer_unique_id asc,
    olist_orders.order_purchase_timestamp desc nulls last,
    olist_customers.customer_id asc;

-- relation: products
select
    olist_products.product_id,
    coalesce(
        olist_translations.product_category_name_english,
        olist_products.product_category_name
    ) as category
from c360_raw.olist_products
left join c360_raw.olist_translations
    on olist_products.product_category_name = olist_translations.product_category_name;

-- relation: orders
select
    olist_orders.order_id,
    olist_customers.customer_unique_id as customer_id,
    olist_orders.order_purchase_timestamp as ordered_at,
    case
        when olist_orders.order_status in ('delivered', 'shipped') then 'completed'
        when olist_orders.order_status in ('canceled', 'unavailable') then 'cancelled'
        else 'pending'
    end as status,
    'BRL' as currency
from c360_raw.olist_orders
left join c360_raw.olist_customers on olist_orders.customer_id = olist_customers.customer_id;

-- relation: order_items
select
    olist_order_items.order_id,
    olist_order_items.order_item_id as line_no,
    olist_customers.customer_unique_id as customer_id,
    olist_order_items.product_id,
    1 as quantity,
    olist_order_items.price as unit_price
from c360_raw.olist_order_items
left join c360_raw.olist_orders on olist_order_items.order_id = olist_orders.order_id
left join c360_raw.olist_customers on olist_orders.customer_id = olist_customers.customer_id;

-- relation: service_tickets
select
    olist_reviews.review_id || ':' || olist_reviews.order_id as ticket_id,
    olist_customers.customer_unique_id as customer_id,
    olist_reviews.review_creation_date as opened_at,
    olist_reviews.review_answer_timestamp as closed_at,
    'survey' as channel,
    'review' as category,
    olist_reviews.review_score as satisfaction
from c360_raw.olist_reviews
left join c360_raw.olist_orders on olist_reviews.order_id = olist_orders.order_id
left join c360_raw.olist_customers on olist_orders.customer_id = olist_customers.customer_id;
