-- A shop with everything that makes connecting hard: uuid and composite ids, amounts as text, local time stamps, refunds
-- as receipts below 0, credit notes that cancel a receipt, soft deletes, two currencies, guests, people with two accounts.

create schema till;
create table till.account (
    id uuid primary key,
    mail text,
    name text not null,
    town text,
    land text,
    main_account uuid references till.account,
    created timestamp not null,
    deleted_at timestamp
);
create table till.article (no text primary key, title text not null, kind text, maker text);
create table till.receipt (
    branch integer,
    number integer,
    account uuid references till.account,
    stamped timestamp not null,
    kind text not null,
    corrects_branch integer,
    corrects_number integer,
    currency character(3) not null,
    deleted_at timestamp,
    primary key (branch, number),
    foreign key (corrects_branch, corrects_number) references till.receipt
);
create table till.receipt_line (
    branch integer,
    number integer,
    position integer,
    article text not null references till.article,
    pieces integer not null,
    amount text not null,
    primary key (branch, number, position),
    foreign key (branch, number) references till.receipt
);

insert into till.account values
('00000000-0000-0000-0000-00000000000a', 'ada@example.com', 'Ada Lovel', 'Köln', 'DE', null, '2024-11-01 09:00', null),
(
    '00000000-0000-0000-0000-0000000000a2', 'ada.l@example.com', 'A. Lovel', 'Köln', 'DE',
    '00000000-0000-0000-0000-00000000000a', '2025-02-01 09:00', null
),
('00000000-0000-0000-0000-00000000000b', null, 'Bruno Berg', 'Bonn', 'DE', null, '2024-11-02 09:00', null),
('00000000-0000-0000-0000-00000000000c', null, 'Chloë Roy', 'Chur', 'CH', null, '2024-11-03 09:00', null),
('00000000-0000-0000-0000-00000000000d', null, 'Dora Diehl', 'Ulm', 'DE', null, '2024-11-04 09:00', '2025-03-01 09:00');
insert into till.article values ('T-1', 'Table', 'Furniture', 'Holz AG'), ('L-1', 'Lamp', 'Light', null);
insert into till.receipt values
-- Half past midnight of the new year in Köln is still the old one in UTC.
(1, 1, '00000000-0000-0000-0000-00000000000a', '2025-01-01 00:30', 'sale', null, null, 'EUR', null),
(2, 1, '00000000-0000-0000-0000-0000000000a2', '2025-02-10 12:00', 'sale', null, null, 'EUR', null), -- Ada again
(1, 2, '00000000-0000-0000-0000-00000000000b', '2025-01-15 12:00', 'sale', null, null, 'EUR', null), -- undone by 1-5
(1, 3, '00000000-0000-0000-0000-00000000000c', '2025-01-16 12:00', 'sale', null, null, 'CHF', null),
(1, 4, '00000000-0000-0000-0000-00000000000d', '2025-01-17 12:00', 'sale', null, null, 'EUR', null), -- left us
(1, 5, '00000000-0000-0000-0000-00000000000b', '2025-01-18 12:00', 'credit note', 1, 2, 'EUR', null),
(1, 6, '00000000-0000-0000-0000-00000000000b', '2025-02-01 12:00', 'sale', null, null, 'EUR', null),
(1, 7, '00000000-0000-0000-0000-00000000000a', '2025-03-01 12:00', 'refund', 1, 1, 'EUR', null),
(1, 8, null, '2025-03-02 12:00', 'sale', null, null, 'EUR', null), -- a guest
(1, 9, '00000000-0000-0000-0000-00000000000b', '2025-03-03 12:00', 'sale', null, null, 'EUR', '2025-03-03 12:05');
insert into till.receipt_line values
(1, 1, 1, 'T-1', 1, '1.234,50 €'), (1, 1, 2, 'L-1', 2, '10,00 €'),
(2, 1, 1, 'L-1', 1, '65,50 €'),
(1, 2, 1, 'L-1', 1, '99,90 €'),
(1, 3, 1, 'T-1', 1, '500,00 CHF'),
(1, 4, 1, 'L-1', 1, '7,00 €'),
(1, 5, 1, 'L-1', -1, '-99,90 €'),
(1, 6, 1, 'L-1', 4, '20,00 €'),
(1, 7, 1, 'L-1', -2, '-10,00 €'),
(1, 8, 1, 'L-1', 1, '5,00 €'),
(1, 9, 1, 'L-1', 1, '77,00 €');
