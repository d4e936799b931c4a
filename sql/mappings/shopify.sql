-- Shopify: the exports of orders, customers and products that its admin makes (several files of a kind are read
-- together).
--
-- Rules:
--   The export of orders names people by e-mail address alone, so that is the key, in small letters. An order without
--   one belongs to nobody: it is counted and left out. People who only ordered are customers too, with their billing
--   address.
--   Cancelled is an order with a moment of cancelling, or voided or expired payment. Completed is what was paid:
--   paid, partially_paid, refunded, partially_refunded. All else is pending: pending, authorized, and any word not
--   known here.
--   An order has a row for each line, and its own columns are filled in the first of them. By how much the prices of
--   all lines exceed the subtotal is the order's discount; each line has its share of it, so that the lines add up to
--   the subtotal, without shipping. Prices hold tax where the shop's prices do.
--   The export says how much was refunded and not when: it counts at the moment of the order. Refunds of cancelled
--   orders are left out with them.
--   A product is its SKU, and where there is none its name. Category and name come from the export of products, if
--   any.

-- Names of columns have blanks in these files.
-- noqa: disable=RF05

-- setting: currency = EUR
-- setting: timezone = UTC

-- file: orders_export*.csv
create table c360_raw.order_rows (
    "Name" text,
    "Email" text,
    "Financial Status" text,
    "Currency" text,
    "Subtotal" numeric,
    "Created at" timestamptz,
    "Lineitem quantity" numeric,
    "Lineitem name" text,
    "Lineitem price" numeric,
    "Lineitem sku" text,
    "Billing Name" text,
    "Billing City" text,
    "Billing Province" text,
    "Billing Country" text,
    "Cancelled at" timestamptz,
    "Refunded Amount" numeric,
    "Vendor" text,
    "Source" text
);

-- optional file: customers_export*.csv
create table c360_raw.customer_rows (
    "First Name" text,
    "Last Name" text,
    "Email" text,
    "Accepts Email Marketing" text,
    "Default Address City" text,
    "Default Address Province Code" text,
    "Default Address Country Code" text,
    "Phone" text
);

-- optional file: products_export*.csv
create table c360_raw.product_rows (
    "Handle" text,
    "Title" text,
    "Vendor" text,
    "Type" text,
    "Variant SKU" text
);

-- relation: customers
with found as (
    select
        lower(trim("Email")) as customer_id,
        "First Name" as first_name,
        "Last Name" as last_name,
        ltrim("Phone", '''') as phone,
        "Default Address City" as city,
        "Default Address Province Code" as region,
        "Default Address Country Code" as country,
        "Accepts Email Marketing" = 'yes' as marketing_consent,
        1 as place,
        null::timestamptz as ordered_at
    from c360_raw.customer_rows
    union all
    select
        lower(trim("Email")),
        split_part("Billing Name", ' ', 1),
        nullif(regexp_replace("Billing Name", '^\S+\s*', ''), ''),
        null,
        "Billing City",
        "Billing Province",
        "Billing Country",
        null,
        2,
        "Created at"
    from c360_raw.order_rows
    where "Financial Status" is not null
)

select distinct on (customer_id)
    customer_id,
    first_name,
    last_name,
    customer_id as email,
    phone,
    city,
    region,
    country,
    marketing_consent
from found
where customer_id is not null
order by customer_id asc, place asc, ordered_at desc;

-- relation: products
with titles as (
    select
        "Handle" as handle,
        max("Title") as title,
        max("Vendor") as vendor,
        max("Type") as type
    from c360_raw.product_rows
    group by "Handle"
),

variants as (
    select distinct on (product_rows."Variant SKU")
        product_rows."Variant SKU" as sku,
        titles.title,
        titles.vendor,
        titles.type
    from c360_raw.product_rows
    inner join titles on product_rows."Handle" = titles.handle
    where product_rows."Variant SKU" is not null
    order by product_rows."Variant SKU", titles.handle
)

select distinct on (coalesce(lines."Lineitem sku", lines."Lineitem name"))
    coalesce(lines."Lineitem sku", lines."Lineitem name") as product_id,
    coalesce(variants.title, lines."Lineitem name") as name,
    variants.type as category,
    coalesce(variants.vendor, lines."Vendor") as brand
from c360_raw.order_rows as lines
left join variants on lines."Lineitem sku" = variants.sku
where coalesce(lines."Lineitem sku", lines."Lineitem name") is not null
order by coalesce(lines."Lineitem sku", lines."Lineitem name") asc, lines."Created at" desc nulls last;

-- relation: orders
select
    "Name" as order_id,
    lower(trim(max("Email"))) as customer_id,
    min("Created at") as ordered_at,
    case
        when max("Cancelled at") is not null or max("Financial Status") in ('voided', 'expired') then 'cancelled'
        when max("Financial Status") in ('paid', 'partially_paid', 'refunded', 'partially_refunded') then 'completed'
        else 'pending'
    end as status,
    max("Source") as channel,
    max("Currency") as currency
from c360_raw.order_rows
group by "Name";

-- relation: order_items
with orders as (
    select
        "Name" as order_id,
        lower(trim(max("Email"))) as customer_id,
        sum("Lineitem quantity" * "Lineitem price") as list_price,
        greatest(sum("Lineitem quantity" * "Lineitem price") - max("Subtotal"), 0) as discount
    from c360_raw.order_rows
    group by "Name"
),

lines as (
    select
        order_rows."Name" as order_id,
        coalesce(order_rows."Lineitem sku", order_rows."Lineitem name") as product_id,
        order_rows."Lineitem quantity" as quantity,
        order_rows."Lineitem price" as unit_price,
        row_number() over by_line as line_no,
        sum(order_rows."Lineitem quantity" * order_rows."Lineitem price") over by_line as list_price_so_far
    from c360_raw.order_rows
    window by_line as (
        partition by order_rows."Name"
        order by order_rows."Lineitem sku", order_rows."Lineitem name", order_rows.ctid
        rows unbounded preceding
    )
)

select
    lines.order_id,
    lines.line_no::integer as line_no,
    orders.customer_id,
    lines.product_id,
    lines.quantity,
    lines.unit_price,
    round(orders.discount * lines.list_price_so_far / greatest(orders.list_price, 0.01), 2)
    - round(
        orders.discount * (lines.list_price_so_far - lines.quantity * lines.unit_price)
        / greatest(orders.list_price, 0.01), 2
    ) as discount
from lines
inner join orders on lines.order_id = orders.order_id;

-- relation: returns
select
    "Name" as return_id,
    lower(trim(max("Email"))) as customer_id,
    "Name" as order_id,
    min("Created at") as returned_at,
    max("Refunded Amount") as amount
from c360_raw.order_rows
group by "Name"
having max("Refunded Amount") > 0 and max("Cancelled at") is null;
