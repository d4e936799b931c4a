-- A lender of films shaped like Sakila and Pagila: places in tables of their own, rentals as orders, payments by month
-- as what they were worth, films found through the copy that was lent.

create type mpaa_rating as enum ('G', 'PG', 'R');
create table country (country_id integer primary key, country text not null, last_update timestamptz default now());
create table city (
    city_id integer primary key,
    city text not null,
    country_id integer not null references country,
    last_update timestamptz default now()
);
create table address (
    address_id integer primary key,
    address text not null,
    address2 text,
    district text not null,
    city_id integer not null references city,
    postal_code text,
    phone text not null,
    last_update timestamptz default now()
);
create table store (store_id integer primary key, manager_staff_id integer, address_id integer not null references address);
create table staff (
    staff_id integer primary key,
    first_name text not null,
    last_name text not null,
    address_id integer not null references address,
    email text,
    store_id integer not null references store
);
create table customer (
    customer_id integer primary key,
    store_id integer not null references store,
    first_name text not null,
    last_name text not null,
    email text,
    address_id integer not null references address,
    activebool boolean not null default true,
    create_date date not null default current_date,
    last_update timestamptz default now(),
    active integer
);
create table language (language_id integer primary key, name char(20) not null);
create table film (
    film_id integer primary key,
    title text not null,
    description text,
    release_year integer,
    language_id integer not null references language,
    rental_duration smallint not null,
    rental_rate numeric(4, 2) not null,
    length smallint,
    replacement_cost numeric(5, 2) not null,
    rating mpaa_rating default 'G'
);
create table category (category_id integer primary key, name text not null);
create table film_category (
    film_id integer references film,
    category_id integer references category,
    primary key (film_id, category_id)
);
create table actor (actor_id integer primary key, first_name text not null, last_name text not null);
create table film_actor (
    actor_id integer references actor,
    film_id integer references film,
    primary key (actor_id, film_id)
);
create table inventory (
    inventory_id integer primary key,
    film_id integer not null references film,
    store_id integer not null references store
);
create table rental (
    rental_id integer primary key,
    rental_date timestamptz not null,
    inventory_id integer not null references inventory,
    customer_id integer not null references customer,
    return_date timestamptz,
    staff_id integer not null references staff,
    last_update timestamptz not null default now()
);
create table payment (
    payment_id integer not null,
    customer_id integer not null,
    staff_id integer not null,
    rental_id integer not null,
    amount numeric(5, 2) not null,
    payment_date timestamptz not null,
    primary key (payment_date, payment_id)
) partition by range (payment_date);
create table payment_p2022_01 partition of payment for values from ('2022-01-01') to ('2022-02-01');
create table payment_p2022_02 partition of payment for values from ('2022-02-01') to ('2022-03-01');
alter table payment_p2022_01 add foreign key (customer_id) references customer;
alter table payment_p2022_01 add foreign key (rental_id) references rental;
alter table payment_p2022_02 add foreign key (customer_id) references customer;
alter table payment_p2022_02 add foreign key (rental_id) references rental;
create view customer_list as
select customer_id as id, first_name || ' ' || last_name as name, city.city, country.country
from customer
inner join address using (address_id)
inner join city using (city_id)
inner join country using (country_id);

insert into country values (1, 'Japan'), (2, 'Chile');
insert into city values (1, 'Sapporo', 1), (2, 'Arica', 2);
insert into address values
(1, '1 Snow Street', null, 'Hokkaido', 1, null, '81'), (2, '2 Sun Street', null, 'Arica y Parinacota', 2, null, '56');
insert into store values (1, 1, 2);
insert into staff values (1, 'Mike', 'Hill', 2, null, 1);
insert into customer (customer_id, store_id, first_name, last_name, email, address_id, create_date) values
(1, 1, 'AIKO', 'MORI', 'aiko@example.com', 1, '2021-12-01'),
(2, 1, 'BEATRIZ', 'SOTO', 'beatriz@example.com', 2, '2021-12-02');
insert into language values (1, 'English');
insert into film (film_id, title, language_id, rental_duration, rental_rate, replacement_cost) values
(1, 'SNOW TRAIN', 1, 3, 4.99, 20), (2, 'DRY RIVER', 1, 3, 0.99, 20);
insert into category values (1, 'Travel'), (2, 'Drama');
insert into film_category values (1, 1), (1, 2), (2, 2);
insert into inventory values (1, 1, 1), (2, 1, 1), (3, 2, 1);
insert into rental values
(1, '2022-01-05 10:00+00', 1, 1, '2022-01-07 10:00+00', 1),
(2, '2022-01-20 10:00+00', 3, 1, null, 1),
(3, '2022-02-03 10:00+00', 2, 2, null, 1);
insert into payment values
(1, 1, 1, 1, 4.99, '2022-01-05 10:00+00'),
(2, 1, 1, 1, 1.00, '2022-01-07 10:00+00'), -- came back late
(3, 1, 1, 2, 0.99, '2022-01-20 10:00+00'),
(4, 2, 1, 3, 4.99, '2022-02-03 10:00+00');
