-- WooCommerce: its tables for reports, exported as CSV files of the same names, and the product export of its own menu.
--
-- Rules:
--   A customer is a row of wc_customer_lookup: guests have one too, by their e-mail address.
--   Completed is what was paid: completed, processing, refunded. Cancelled: cancelled, failed, trash. All else is
--   pending: pending, on-hold, checkout-draft, and any word not known here.
--   An order with a parent is a refund: each of its lines is a return of the parent on the refund's own day; one
--   without lines is one return of its net total.
--   A line's net revenue is after coupons, without tax and shipping. The coupons are its discount, so the list price is
--   (net revenue + coupons) ÷ pieces, rounded up at ten decimals, and the discount is what then lies between the two.
--   A variation of a product counts as the product. Of several categories the first counts, and of a path such as
--   “Clothing > Shirts” its last part. There is no brand.
--   Moments are those in UTC. The tables name no currency: set yours here before loading.

-- setting: currency = EUR
-- setting: timezone = UTC

-- file: *wc_customer_lookup.csv
create table c360_raw.customer_lookup (
    customer_id bigint,
    first_name text,
    last_name text,
    email text,
    date_registered timestamp,
    country text,
    city text,
    state text
);

-- file: *wc_order_stats.csv
create table c360_raw.order_stats (
    order_id bigint,
    parent_id bigint,
    date_created_gmt timestamp,
    net_total numeric,
    status text,
    customer_id bigint
);

-- file: *wc_order_product_lookup.csv
create table c360_raw.order_product_lookup (
    order_item_id bigint,
    order_id bigint,
    product_id bigint,
    customer_id bigint,
    product_qty numeric,
    product_net_revenue numeric,
    coupon_amount numeric
);

-- optional file: wc-product-export*.csv
create table c360_raw.product_export (
    "ID" bigint,
    "Name" text,
    "Categories" text
);

-- relation: customers
select
    customer_id,
    first_name,
    last_name,
    email,
    city,
    state as region,
    country,
    date_registered at time zone 'UTC' as signup_at
from c360_raw.customer_lookup;

-- relation: products
select
    "ID" as product_id,
    "Name" as name,
    trim(regexp_replace(split_part("Categories", ',', 1), '^.*>', '')) as category
from c360_raw.product_export;

-- relation: orders
select
    order_id,
    customer_id,
    date_created_gmt at time zone 'UTC' as ordered_at,
    case
        when status in ('wc-completed', 'wc-processing', 'wc-refunded') then 'completed'
        when status in ('wc-cancelled', 'wc-failed', 'wc-trash', 'trash') then 'cancelled'
        else 'pending'
    end as status
from c360_raw.order_stats
where parent_id = 0;

-- relation: order_items
with lines as (
    select
        lookup.order_id,
        lookup.order_item_id,
        lookup.customer_id,
        lookup.product_id,
        lookup.product_qty as quantity,
        lookup.product_net_revenue as net_revenue,
        case
            when lookup.product_qty > 0
                then
                    ceil((lookup.product_net_revenue + lookup.coupon_amount) * 1e10 / lookup.product_qty) / 1e10
            else 0
        end as unit_price
    from c360_raw.order_product_lookup as lookup
    inner join c360_raw.order_stats on lookup.order_id = order_stats.order_id
    where order_stats.parent_id = 0
)

select
    order_id,
    row_number() over (partition by order_id order by order_item_id)::integer as line_no,
    customer_id,
    product_id,
    quantity,
    trim_scale(unit_price) as unit_price,
    trim_scale(quantity * unit_price - net_revenue) as discount
from lines;

-- relation: returns
select
    refund.order_id || ':' || coalesce(lookup.order_item_id, 0) as return_id,
    parent.customer_id,
    refund.parent_id as order_id,
    lookup.product_id,
    refund.date_created_gmt at time zone 'UTC' as returned_at,
    -coalesce(lookup.product_net_revenue, refund.net_total) as amount
from c360_raw.order_stats as refund
left join c360_raw.order_stats as parent on refund.parent_id = parent.order_id
left join c360_raw.order_product_lookup as lookup on refund.order_id = lookup.order_id
where refund.parent_id <> 0;
