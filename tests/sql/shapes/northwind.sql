-- A wholesaler shaped like Northwind: companies as customers, one column for a person's name, real numbers for money,
-- discounts as shares, lines without a number.

create table categories (category_id smallint primary key, category_name varchar(15) not null, description text);
create table suppliers (
    supplier_id smallint primary key,
    company_name varchar(40) not null,
    contact_name varchar(30),
    city varchar(15),
    country varchar(15),
    phone varchar(24)
);
create table products (
    product_id smallint primary key,
    product_name varchar(40) not null,
    supplier_id smallint references suppliers,
    category_id smallint references categories,
    quantity_per_unit varchar(20),
    unit_price real,
    units_in_stock smallint,
    discontinued integer not null
);
create table customers (
    customer_id varchar(5) primary key,
    company_name varchar(40) not null,
    contact_name varchar(30),
    contact_title varchar(30),
    address varchar(60),
    city varchar(15),
    region varchar(15),
    postal_code varchar(10),
    country varchar(15),
    phone varchar(24),
    fax varchar(24)
);
create table customer_demographics (customer_type_id varchar(5) primary key, customer_desc text);
create table customer_customer_demo (
    customer_id varchar(5) references customers,
    customer_type_id varchar(5) references customer_demographics,
    primary key (customer_id, customer_type_id)
);
create table employees (
    employee_id smallint primary key,
    last_name varchar(20) not null,
    first_name varchar(10) not null,
    birth_date date,
    hire_date date,
    country varchar(15),
    reports_to smallint references employees
);
create table shippers (shipper_id smallint primary key, company_name varchar(40) not null, phone varchar(24));
create table orders (
    order_id smallint primary key,
    customer_id varchar(5) references customers,
    employee_id smallint references employees,
    order_date date,
    required_date date,
    shipped_date date,
    ship_via smallint references shippers,
    freight real,
    ship_name varchar(40),
    ship_city varchar(15),
    ship_country varchar(15)
);
create table order_details (
    order_id smallint references orders,
    product_id smallint references products,
    unit_price real not null,
    quantity smallint not null,
    discount real not null,
    primary key (order_id, product_id)
);
create table region (region_id smallint primary key, region_description varchar(60) not null);
create table us_states (state_id smallint primary key, state_name varchar(100));

insert into categories values (1, 'Beverages', null), (2, 'Cheese', null);
insert into suppliers values (1, 'Harbour Drinks', 'Nils', 'Oslo', 'Norway', null), (2, 'Alp Dairy', 'Urs', 'Bern', 'Switzerland', null);
insert into products values (1, 'Chai', 1, 1, '10 bags', 18, 39, 0), (2, 'Raclette', 2, 2, '5 kg', 55.5, 10, 0);
insert into customers values
('ADAXX', 'Ada & Daughters', 'Ada Maria Lovel', 'Owner', null, 'Berlin', null, null, 'Germany', '030', null),
('BRUNO', 'Bruno Imports', 'Bruno', 'Owner', null, 'Lyon', null, null, 'France', null, null),
('CHLOE', 'Chloë & Co', null, null, null, 'Bern', null, null, 'Switzerland', null, null);
insert into employees values (1, 'Davolio', 'Nancy', '1948-12-08', '1992-05-01', 'USA', null);
insert into shippers values (1, 'Fast', null);
insert into orders values
(1, 'ADAXX', 1, '1997-01-10', '1997-02-10', '1997-01-15', 1, 3.5, null, null, null),
(2, 'ADAXX', 1, '1997-02-10', '1997-03-10', '1997-02-15', 1, 3.5, null, null, null),
(3, 'BRUNO', 1, '1997-02-20', '1997-03-20', null, 1, 3.5, null, null, null);
insert into order_details values
(1, 1, 18, 10, 0), (1, 2, 55.5, 2, 0.05), (2, 1, 14.4, 5, 0.25), (3, 2, 55.5, 1, 0);
