-- What the pages of segments ask about the seven people of named_people.sql. Runs after it.

create table c360_b1.score_cutoffs (measure text, score integer, from_value numeric);

-- Ties leave the recency scores 3 and 2 and the monetary score 3 without customers.
insert into c360_b1.score_cutoffs values
('recency', 5, 10), ('recency', 4, 80), ('recency', 1, 700),
('frequency', 5, 6), ('frequency', 4, 5), ('frequency', 3, 3), ('frequency', 2, 2), ('frequency', 1, 1),
('monetary', 5, 700.50), ('monetary', 4, 200.25), ('monetary', 2, 50.00), ('monetary', 1, 40.00),
('value', 2, 700.50), ('value', 1, 200.25);

select c360.grant_reading('c360_b1');
