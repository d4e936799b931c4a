-- The Complete Journey: a year of grocery purchases of households (84.51° / dunnhumby, as CSV files from the R package
-- completejourney).
--
-- Rules:
--   A customer is a household: every household that any file names. The files hold no names, addresses or birthdays
--   (only age bands), so those columns stay empty.
--   An order is a basket; it was paid in the shop, so it is completed. Its lines are numbered by product.
--   Times are written in UTC; the shops keep New York time (their weeks change at its midnight). Days of campaigns and
--   redemptions are local days.
--   sales_value is what the retailer receives for a line: after its loyalty discount (retail_disc) and its match of a
--   coupon (coupon_match_disc), before the manufacturer's coupon (coupon_disc), which the manufacturer pays back to it.
--   So the discounts of a line are retail_disc + coupon_match_disc, the list price is (sales_value + discounts) ÷
--   quantity, and net sales are sales_value. The list price is rounded up at ten decimals, and the discount is what
--   then lies between it and sales_value, so that every line is exact, also fuel, whose quantities are in the
--   thousands (up to 32,623 in one line).
--   Lines of quantity 0 are rebates and coupons rung up alone, with no sales value: price 0, discount 0.
--   Some ids are written like 4.0128e+10, so they are read as numbers.
--   A product's name is its type, its category is product_category (not the department); 540 products have neither.
--   A campaign's channel is its type. It reached a household on its first day; the first redemption of one of its
--   coupons is the conversion.

-- setting: currency = USD
-- setting: timezone = America/New_York

-- file: transactions*.csv
create table c360_raw.transactions (
    household_id bigint,
    basket_id numeric,
    product_id numeric,
    quantity numeric,
    sales_value numeric,
    retail_disc numeric,
    coupon_match_disc numeric,
    transaction_timestamp timestamp
);

-- file: products.csv
create table c360_raw.products (
    product_id numeric,
    brand text,
    product_category text,
    product_type text
);

-- optional file: demographics.csv
create table c360_raw.demographics (
    household_id bigint
);

-- optional file: campaign_descriptions.csv
create table c360_raw.campaign_descriptions (
    campaign_id bigint,
    campaign_type text,
    start_date date,
    end_date date
);

-- optional file: campaigns.csv
create table c360_raw.campaign_households (
    campaign_id bigint,
    household_id bigint
);

-- optional file: coupon_redemptions.csv
create table c360_raw.coupon_redemptions (
    household_id bigint,
    campaign_id bigint,
    redemption_date date
);

-- relation: customers
select household_id as customer_id from c360_raw.transactions
union
select household_id from c360_raw.demographics
union
select household_id from c360_raw.campaign_households
union
select household_id from c360_raw.coupon_redemptions;

-- relation: products
select
    product_id::bigint as product_id,
    initcap(product_type) as name,
    initcap(product_category) as category,
    brand
from c360_raw.products;

-- relation: orders
select distinct on (basket_id)
    basket_id::bigint as order_id,
    household_id as customer_id,
    transaction_timestamp at time zone 'UTC' as ordered_at,
    'completed' as status,
    'shop' as channel,
    'USD' as currency
from c360_raw.transactions
order by basket_id, transaction_timestamp;

-- relation: order_items
with lines as (
    select
        basket_id::bigint as order_id,
        household_id as customer_id,
        product_id::bigint as product_id,
        quantity,
        round(sales_value, 2) as net_sales,
        case
            when quantity > 0
                then ceil((round(sales_value, 2) + retail_disc + coupon_match_disc) * 1e10 / quantity) / 1e10
            else 0
        end as unit_price
    from c360_raw.transactions
)

select
    order_id,
    row_number() over (partition by order_id order by product_id, quantity, net_sales)::integer as line_no,
    customer_id,
    product_id,
    quantity,
    trim_scale(unit_price) as unit_price,
    trim_scale(quantity * unit_price - net_sales) as discount
from lines;

-- relation: campaigns
select
    campaign_id,
    'Campaign ' || campaign_id as name,
    campaign_type as channel,
    start_date as started_at,
    end_date as ended_at
from c360_raw.campaign_descriptions;

-- relation: campaign_responses
with redemptions as (
    select
        campaign_id,
        household_id,
        min(redemption_date) as first_redemption
    from c360_raw.coupon_redemptions
    group by campaign_id, household_id
)

select
    coalesce(campaign_households.campaign_id, redemptions.campaign_id) as campaign_id,
    coalesce(campaign_households.household_id, redemptions.household_id) as customer_id,
    campaign_descriptions.start_date as sent_at,
    redemptions.first_redemption as converted_at
from c360_raw.campaign_households
full join redemptions
    on
        campaign_households.campaign_id = redemptions.campaign_id
        and campaign_households.household_id = redemptions.household_id
left join c360_raw.campaign_descriptions
    on campaign_households.campaign_id = campaign_descriptions.campaign_id;
