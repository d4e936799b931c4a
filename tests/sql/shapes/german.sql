-- A shop without any declared key but primary ones, in German, with money in whole cents and states as words.

create table kunden (
    kundennr integer primary key,
    vorname text,
    nachname text,
    mail text,
    geburtsdatum date,
    newsletter smallint
);
create table anschriften (
    id integer primary key,
    kundennr integer,
    strasse text,
    ort text,
    land text
);
create table artikel (artikelnr integer primary key, bezeichnung text, warengruppe_id integer, hersteller text);
create table warengruppe (id integer primary key, bezeichnung text);
create table bestellungen (
    bestellnr integer primary key,
    kundennr integer,
    bestelldatum timestamp,
    status text
);
create table bestellpositionen (
    id integer primary key,
    bestellnr integer,
    artikelnr integer,
    menge integer,
    preis_cent integer
);

insert into kunden values (1, 'Ada', 'Silva', 'ada@example.com', '1990-05-01', 1), (2, 'Bruno', 'Berg', null, null, 0);
insert into anschriften values (1, 1, 'Weg 1', 'Köln', 'DE'), (2, 1, 'Weg 2', 'Bonn', 'DE'), (3, 2, 'Weg 3', 'Chur', 'CH');
insert into warengruppe values (1, 'Tee');
insert into artikel values (5, 'Assam', 1, 'Garten');
insert into bestellungen values
(100, 1, '2025-01-01 10:00', 'versendet'), (101, 2, '2025-01-02 10:00', 'storniert'), (102, 2, '2025-01-03 10:00', 'neu');
insert into bestellpositionen values (1, 100, 5, 3, 250), (2, 101, 5, 1, 250), (3, 102, 5, 1, 250);
