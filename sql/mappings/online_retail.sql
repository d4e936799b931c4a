-- UCI Online Retail: a year of invoice lines of a British wholesaler of gifts (archive.ics.uci.edu/dataset/352, its
-- sheet saved as online_retail.csv; several files are read together).
--
-- Rules:
--   An order is an invoice. One whose number begins with C is a credit note: each of its lines is a return on its own
--   day, of an order that the file does not name.
--   A line without CustomerID is an order of nobody: it is counted and left out, as any order without a customer is.
--   Lines of quantity below 0 that are no credit note are corrections of stock (without customer or price), and
--   prices below 0 are written-off debts: both stay, and are counted and left out by the build. A price of 0 is a
--   gift: it counts as units, and as sales of 0.
--   Postage, carriage and fees (POST, DOT, C2, BANK CHARGES, AMAZONFEE, CRUK) are neither sales nor returns and are
--   left out; discounts (D) and manual lines (M) are in. Lines that are equal in every column stay: nothing tells
--   whether the same article was rung up twice.
--   A stock code in small letters is the same product. Its name is the latest one that a line with a price gives it.
--   The country is that of the customer's latest invoice. Prices are in pounds, times are those of London.

-- setting: currency = GBP
-- setting: timezone = Europe/London

-- file: online_retail*.csv (encoding latin1)
create table c360_raw.invoice_lines (
    "InvoiceNo" text,
    "StockCode" text,
    "Description" text,
    "Quantity" numeric,
    "InvoiceDate" timestamp,
    "UnitPrice" numeric,
    "CustomerID" numeric,
    "Country" text
);

-- relation: customers
select distinct on ("CustomerID")
    "CustomerID"::bigint as customer_id,
    "Country" as country
from c360_raw.invoice_lines
where "CustomerID" is not null
order by "CustomerID" asc, "InvoiceDate" desc, "Country" asc;

-- relation: products
select distinct on (upper("StockCode"))
    upper("StockCode") as product_id,
    trim("Description") as name
from c360_raw.invoice_lines
where upper("StockCode") not in ('POST', 'DOT', 'C2', 'BANK CHARGES', 'AMAZONFEE', 'CRUK')
order by upper("StockCode") asc, "UnitPrice" > 0 desc, "Description" is null asc, "InvoiceDate" desc, "Description" asc;

-- relation: orders
select
    "InvoiceNo" as order_id,
    max("CustomerID")::bigint as customer_id,
    min("InvoiceDate") as ordered_at,
    'completed' as status,
    'GBP' as currency
from c360_raw.invoice_lines
where "InvoiceNo" not like 'C%'
group by "InvoiceNo";

-- relation: order_items
select
    "InvoiceNo" as order_id,
    row_number() over (
        partition by "InvoiceNo"
        order by upper("StockCode"), "Quantity", "UnitPrice", "Description"
    )::integer as line_no,
    "CustomerID"::bigint as customer_id,
    upper("StockCode") as product_id,
    "Quantity" as quantity,
    "UnitPrice" as unit_price
from c360_raw.invoice_lines
where
    "InvoiceNo" not like 'C%'
    and upper("StockCode") not in ('POST', 'DOT', 'C2', 'BANK CHARGES', 'AMAZONFEE', 'CRUK');

-- relation: returns
select
    "InvoiceNo" || ':' || row_number() over (
        partition by "InvoiceNo"
        order by upper("StockCode"), "Quantity", "UnitPrice", "Description"
    ) as return_id,
    "CustomerID"::bigint as customer_id,
    upper("StockCode") as product_id,
    "InvoiceDate" as returned_at,
    -"Quantity" * "UnitPrice" as amount
from c360_raw.invoice_lines
where
    "InvoiceNo" like 'C%'
    and upper("StockCode") not in ('POST', 'DOT', 'C2', 'BANK CHARGES', 'AMAZONFEE', 'CRUK');
