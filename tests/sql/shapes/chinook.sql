-- A shop of music, shaped like Chinook: quoted names in camel case, names of genres and artists in tables of their own.

create table "Artist" ("ArtistId" integer primary key, "Name" varchar(120));
create table "Album" (
    "AlbumId" integer primary key,
    "Title" varchar(160) not null,
    "ArtistId" integer not null references "Artist"
);
create table "Genre" ("GenreId" integer primary key, "Name" varchar(120));
create table "MediaType" ("MediaTypeId" integer primary key, "Name" varchar(120));
create table "Track" (
    "TrackId" integer primary key,
    "Name" varchar(200) not null,
    "AlbumId" integer references "Album",
    "MediaTypeId" integer not null references "MediaType",
    "GenreId" integer references "Genre",
    "Composer" varchar(220),
    "Milliseconds" integer not null,
    "Bytes" integer,
    "UnitPrice" numeric(10, 2) not null
);
create table "Playlist" ("PlaylistId" integer primary key, "Name" varchar(120));
create table "PlaylistTrack" (
    "PlaylistId" integer references "Playlist",
    "TrackId" integer references "Track",
    primary key ("PlaylistId", "TrackId")
);
create table "Employee" (
    "EmployeeId" integer primary key,
    "LastName" varchar(20) not null,
    "FirstName" varchar(20) not null,
    "Title" varchar(30),
    "ReportsTo" integer references "Employee",
    "BirthDate" timestamp,
    "HireDate" timestamp,
    "City" varchar(40),
    "Country" varchar(40),
    "Email" varchar(60)
);
create table "Customer" (
    "CustomerId" integer primary key,
    "FirstName" varchar(40) not null,
    "LastName" varchar(20) not null,
    "Company" varchar(80),
    "Address" varchar(70),
    "City" varchar(40),
    "State" varchar(40),
    "Country" varchar(40),
    "PostalCode" varchar(10),
    "Phone" varchar(24),
    "Fax" varchar(24),
    "Email" varchar(60) not null,
    "SupportRepId" integer references "Employee"
);
create table "Invoice" (
    "InvoiceId" integer primary key,
    "CustomerId" integer not null references "Customer",
    "InvoiceDate" timestamp not null,
    "BillingAddress" varchar(70),
    "BillingCity" varchar(40),
    "BillingState" varchar(40),
    "BillingCountry" varchar(40),
    "BillingPostalCode" varchar(10),
    "Total" numeric(10, 2) not null
);
create table "InvoiceLine" (
    "InvoiceLineId" integer primary key,
    "InvoiceId" integer not null references "Invoice",
    "TrackId" integer not null references "Track",
    "UnitPrice" numeric(10, 2) not null,
    "Quantity" integer not null
);

insert into "Artist" values (1, 'Clara Schumann'), (2, 'Fats Waller');
insert into "Album" values (1, 'Piano Trio', 1), (2, 'Handful of Keys', 2);
insert into "Genre" values (1, 'Classical'), (2, 'Jazz');
insert into "MediaType" values (1, 'FLAC');
insert into "Track" values
(1, 'Allegro', 1, 1, 1, 'Clara Schumann', 400000, 1, 1.99),
(2, 'Viper''s Drag', 2, 1, 2, null, 180000, 1, 0.99),
(3, 'Silence', null, 1, null, null, 240000, 1, 0.99);
insert into "Playlist" values (1, 'Evening');
insert into "PlaylistTrack" values (1, 1), (1, 2);
insert into "Employee" values (1, 'Boss', 'Berta', 'Manager', null, '1970-01-01', '2000-01-01', 'Calgary', 'Canada', 'b@example.com');
insert into "Customer" values
(1, 'Ada', 'Silva', null, null, 'Porto', null, 'Portugal', null, '+351 1', null, 'ada@example.com', 1),
(2, 'Bruno', 'Berg', 'Berg AB', null, 'Lund', 'Skåne', 'Sweden', null, null, null, 'bruno@example.com', 1),
(3, 'Chloë', 'Roy', null, null, 'Laval', 'QC', 'Canada', null, null, null, 'chloe@example.com', 1);
insert into "Invoice" values
(10, 1, '2025-01-10 00:00', null, null, null, null, null, 3.97),
(11, 1, '2025-03-01 00:00', null, null, null, null, null, 0.99),
(12, 2, '2025-03-20 00:00', null, null, null, null, null, 1.99);
insert into "InvoiceLine" values
(100, 10, 1, 1.99, 1), (101, 10, 2, 0.99, 2), (102, 11, 3, 0.99, 1), (103, 12, 1, 1.99, 1);
