-- AdventureWorks: the OLTP sample of a bicycle maker, as tables of a PostgreSQL database (schemas sales, person and
-- production, names in small letters): `c360 connect adventureworks --apply` makes views of them.
--
-- Rules:
--   A customer is a row of sales.customer: a person, or a shop without one, whose name is then the last name.
--   Completed is what was shipped (5). Cancelled: rejected (4), cancelled (6). All else is pending.
--   A line's discount is a share of its price. Amounts are in US dollars, also those that were paid in another
--   currency. The category is that of the subcategory; there is no brand. The place is that of the first address.
--   A special offer is a campaign, besides the one that is no discount; nothing says whom it reached.

-- setting: currency = USD
-- setting: timezone = UTC

-- relation: customers
select
    customer.customerid as customer_id,
    person.firstname as first_name,
    coalesce(person.lastname, store.name) as last_name,
    emailaddress.emailaddress as email,
    personphone.phonenumber as phone,
    home.city,
    home.region,
    home.country,
    person.emailpromotion > 0 as marketing_consent
from sales.customer
left join person.person on customer.personid = person.businessentityid
left join sales.store on customer.storeid = store.businessentityid
left join lateral (
    select emailaddress
    from person.emailaddress
    where businessentityid = customer.personid
    order by emailaddressid
    limit 1
) as emailaddress on true
left join lateral (
    select phonenumber
    from person.personphone
    where businessentityid = customer.personid
    order by phonenumbertypeid, phonenumber
    limit 1
) as personphone on true
left join lateral (
    select
        address.city,
        stateprovince.name as region,
        countryregion.name as country
    from person.businessentityaddress
    inner join person.address on businessentityaddress.addressid = address.addressid
    inner join person.stateprovince on address.stateprovinceid = stateprovince.stateprovinceid
    inner join person.countryregion on stateprovince.countryregioncode = countryregion.countryregioncode
    where businessentityaddress.businessentityid = coalesce(customer.personid, customer.storeid)
    order by businessentityaddress.addressid
    limit 1
) as home on true;

-- relation: products
select
    product.productid as product_id,
    product.name,
    productcategory.name as category
from production.product
left join production.productsubcategory on product.productsubcategoryid = productsubcategory.productsubcategoryid
left join production.productcategory on productsubcategory.productcategoryid = productcategory.productcategoryid;

-- relation: orders
select
    salesorderid as order_id,
    customerid as customer_id,
    orderdate as ordered_at,
    case
        when status = 5 then 'completed'
        when status in (4, 6) then 'cancelled'
        else 'pending'
    end as status,
    case when onlineorderflag then 'web' else 'sales person' end as channel,
    'USD' as currency
from sales.salesorderheader;

-- relation: order_items
select
    salesorderdetail.salesorderid as order_id,
    salesorderdetail.salesorderdetailid as line_no,
    salesorderheader.customerid as customer_id,
    salesorderdetail.productid as product_id,
    salesorderdetail.orderqty as quantity,
    salesorderdetail.unitprice as unit_price,
    salesorderdetail.orderqty * salesorderdetail.unitprice * salesorderdetail.unitpricediscount as discount
from sales.salesorderdetail
inner join sales.salesorderheader on salesorderdetail.salesorderid = salesorderheader.salesorderid;

-- relation: campaigns
select
    specialofferid as campaign_id,
    description as name,
    category as channel,
    startdate as started_at,
    enddate as ended_at
from sales.specialoffer
where type <> 'No Discount';
