-- A maker of bicycles shaped like AdventureWorks in PostgreSQL: five schemas, joined names, domains, states as numbers.

create schema person;
create schema sales;
create schema production;
create domain "Name" as varchar(50);
create domain "Flag" as boolean not null;
create table person.businessentity (businessentityid integer primary key);
create table person.person (
    businessentityid integer primary key references person.businessentity,
    persontype char(2) not null,
    title varchar(8),
    firstname "Name" not null,
    lastname "Name" not null,
    emailpromotion integer not null default 0
);
create table person.emailaddress (
    businessentityid integer references person.person,
    emailaddressid integer,
    emailaddress varchar(50),
    primary key (businessentityid, emailaddressid)
);
create table person.personphone (
    businessentityid integer references person.person,
    phonenumber varchar(25),
    phonenumbertypeid integer,
    primary key (businessentityid, phonenumber, phonenumbertypeid)
);
create table person.countryregion (countryregioncode varchar(3) primary key, name "Name" not null);
create table person.stateprovince (
    stateprovinceid integer primary key,
    stateprovincecode char(3) not null,
    countryregioncode varchar(3) not null references person.countryregion,
    name "Name" not null
);
create table person.address (
    addressid integer primary key,
    addressline1 varchar(60) not null,
    city varchar(30) not null,
    stateprovinceid integer not null references person.stateprovince
);
create table person.businessentityaddress (
    businessentityid integer references person.businessentity,
    addressid integer references person.address,
    addresstypeid integer,
    primary key (businessentityid, addressid, addresstypeid)
);
create table production.productcategory (productcategoryid integer primary key, name "Name" not null);
create table production.productsubcategory (
    productsubcategoryid integer primary key,
    productcategoryid integer not null references production.productcategory,
    name "Name" not null
);
create table production.product (
    productid integer primary key,
    name "Name" not null,
    productnumber varchar(25) not null,
    listprice numeric not null,
    productline char(2),
    class char(2),
    productsubcategoryid integer references production.productsubcategory
);
create table sales.store (businessentityid integer primary key references person.businessentity, name "Name" not null);
create table sales.customer (
    customerid integer primary key,
    personid integer references person.person,
    storeid integer references sales.store,
    territoryid integer
);
create table sales.specialoffer (
    specialofferid integer primary key,
    description varchar(255) not null,
    discountpct numeric not null,
    type varchar(50) not null,
    category varchar(50) not null,
    startdate timestamp not null,
    enddate timestamp not null
);
create table sales.salesorderheader (
    salesorderid integer primary key,
    orderdate timestamp not null,
    duedate timestamp not null,
    shipdate timestamp,
    status smallint not null,
    onlineorderflag "Flag",
    customerid integer not null references sales.customer,
    subtotal numeric not null,
    taxamt numeric not null,
    freight numeric not null
);
create table sales.salesorderdetail (
    salesorderid integer references sales.salesorderheader,
    salesorderdetailid integer,
    orderqty smallint not null,
    productid integer not null references production.product,
    specialofferid integer not null references sales.specialoffer,
    unitprice numeric not null,
    unitpricediscount numeric not null,
    primary key (salesorderid, salesorderdetailid)
);

insert into person.businessentity values (1), (2), (9);
insert into person.person values (1, 'IN', null, 'Ada', 'Silva', 2), (2, 'SC', null, 'Bruno', 'Berg', 0);
insert into person.emailaddress values (1, 1, 'ada@example.com'), (1, 2, 'ada.second@example.com');
insert into person.personphone values (1, '555-0100', 1);
insert into person.countryregion values ('DE', 'Germany');
insert into person.stateprovince values (7, 'HH ', 'DE', 'Hamburg');
insert into person.address values (3, 'Elbe 1', 'Hamburg', 7), (4, 'Elbe 2', 'Altona', 7);
insert into person.businessentityaddress values (1, 4, 2), (1, 3, 2), (9, 4, 3);
insert into production.productcategory values (1, 'Bikes');
insert into production.productsubcategory values (2, 1, 'Road Bikes');
insert into production.product values (5, 'Road-150', 'BK', 3578.27, 'R', 'H', 2), (6, 'Bell', 'BE', 5, null, null, null);
insert into sales.store values (9, 'Wheel World');
insert into sales.customer values (11, 1, null, 1), (12, null, 9, 1);
insert into sales.specialoffer values
(1, 'No Discount', 0, 'No Discount', 'No Discount', '2013-01-01', '2014-12-31'),
(2, 'Volume', 0.1, 'Volume Discount', 'Reseller', '2013-05-01', '2013-06-30');
insert into sales.salesorderheader values
(100, '2013-05-30', '2013-06-11', '2013-06-06', 5, true, 11, 7166.54, 0, 0),
(101, '2013-06-10', '2013-06-20', '2013-06-12', 5, false, 12, 45, 0, 0),
(102, '2013-06-11', '2013-06-21', null, 4, true, 11, 5, 0, 0);
insert into sales.salesorderdetail values
(100, 1, 2, 5, 1, 3578.27, 0), (100, 2, 2, 6, 1, 5, 0), (101, 3, 10, 6, 2, 5, 0.1), (102, 4, 1, 6, 1, 5, 0);
