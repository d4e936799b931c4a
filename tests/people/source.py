"""The rows of the people, relation by relation. Moments are in UTC; Rome is one hour ahead, two from 29 March 2026."""

from datetime import UTC, datetime

from .tables import beside, table

AS_OF = datetime(2026, 3, 31, 21, 30, tzinfo=UTC)

# With windows of one month the current one begins on 28 February 23:30 in Rome (22:30 UTC), the previous one on
# 31 January 23:30 (22:30 UTC): two months back from the 31st, not one month back from 28 February.
PARAMETERS = {"currency": "EUR", "timezone": "Europe/Rome", "retention_window_months": 1}

CUSTOMERS = """
customer_id|first_name|last_name|email             |phone   |city  |region  |country
ada        |Ada       |Rossi    |ada@example.com   |+39 06 1|Rome  |Lazio   |IT
bruno      |Bruno     |Bianchi  |                  |        |Turin |Piedmont|IT
chiara     |Chiara    |         |chiara@example.com|        |      |        |
dario      |Dario     |Conti    |                  |        |Bern  |        |CH
elena      |Elena     |Greco    |                  |        |      |        |
fabio      |Fabio     |Ferri    |                  |        |      |        |
giulia     |Giulia    |Villa    |                  |        |      |        |
hugo       |Hugo      |Meyer    |                  |        |Berlin|        |DE
irene      |Irene     |Longo    |                  |        |      |        |
jacopo     |Jacopo    |Serra    |                  |        |      |        |
katia      |Katia     |Riva     |                  |        |      |        |
luca       |          |         |                  |        |      |        |
marta      |Marta     |Sala     |                  |        |      |        |
nino       |Nino      |Testa    |                  |        |      |        |
"""

SIGN_UPS = """
customer_id|birth_date|gender|signup_at        |acquisition_channel|marketing_consent
ada        |1990-04-01|f     |2025-03-31 22:30Z|search             |true
bruno      |1960-03-31|m     |2026-01-01 00:00Z|                   |false
chiara     |          |      |                 |social             |
dario      |          |      |2025-12-31 23:00Z|                   |
hugo       |          |      |2026-04-10 10:00Z|                   |
luca       |2000-02-29|      |                 |                   |
marta      |          |      |2026-03-31 21:30Z|                   |
nino       |          |      |2026-03-31 21:31Z|                   |
"""

# Teapot comes before espresso byte by byte, and after it in a dictionary. p9 is in orders only.
PRODUCTS = """
product_id|name    |category|brand
p1        |Espresso|Coffee  |Aroma
p2        |Filter  |Coffee  |Bianchi
p3        |Teapot  |Tea     |
p4        |        |Tea     |Bianchi
p5        |espresso|        |
"""

# Zoe is not a customer. Marta cancelled, Nino orders after as-of; of Dario's orders only d1 counts.
ORDERS = """
order_id|customer_id|ordered_at              |status   |channel|currency
a1      |ada        |2025-09-02 10:00Z       |completed|web    |EUR
a2      |ada        |2025-12-01 10:00Z       |completed|shop   |EUR
a3      |ada        |2026-03-01 10:00Z       |completed|web    |
b1      |bruno      |2026-02-28 22:30Z       |completed|web    |EUR
c1      |chiara     |2026-03-30 22:30Z       |completed|web    |EUR
c2      |chiara     |2026-03-31 10:00Z       |completed|web    |EUR
d1      |dario      |2026-01-31 22:30Z       |completed|web    |EUR
d2      |dario      |2026-03-01 10:00Z       |cancelled|web    |EUR
d3      |dario      |2026-03-02 10:00Z       |pending  |web    |EUR
d4      |dario      |2026-03-31 21:31Z       |completed|web    |EUR
d5      |dario      |2026-03-03 10:00Z       |completed|web    |USD
d6      |dario      |                        |completed|web    |EUR
d7      |dario      |2026-03-04 10:00Z       |lost     |web    |EUR
d8      |dario      |2026-03-05 10:00Z       |         |web    |EUR
e1      |elena      |2025-03-20 10:00Z       |completed|web    |EUR
e2      |elena      |2026-03-20 10:00Z       |completed|web    |EUR
f1      |fabio      |2026-03-31 21:30Z       |completed|web    |EUR
g1      |giulia     |2026-01-31 22:30:00.001Z|completed|web    |EUR
g2      |giulia     |2026-02-28 22:30Z       |completed|web    |EUR
g3      |giulia     |2026-02-28 22:30:01Z    |completed|web    |EUR
h1      |hugo       |2026-03-26 10:00Z       |completed|web    |EUR
i1      |irene      |2026-02-28 12:00Z       |completed|web    |EUR
j1      |jacopo     |2024-03-31 10:00Z       |completed|web    |EUR
j2      |jacopo     |2025-03-31 10:00Z       |completed|web    |EUR
k1      |katia      |2024-12-10 10:00Z       |completed|web    |EUR
k2      |katia      |2025-01-09 10:00Z       |completed|web    |EUR
k3      |katia      |2025-02-08 10:00Z       |completed|web    |EUR
k4      |katia      |2025-03-10 10:00Z       |completed|web    |EUR
k5      |katia      |2025-03-30 10:00Z       |completed|web    |EUR
m1      |marta      |2026-03-31 10:00Z       |cancelled|web    |EUR
n1      |nino       |2026-04-01 10:00Z       |completed|web    |EUR
x1      |zoe        |2026-03-01 10:00Z       |completed|web    |EUR
x2      |           |2026-03-01 10:00Z       |completed|web    |EUR
"""

# b1 line 2 and e2 line 8 name another customer than their order; e2 lines 3 to 7 have no usable amount; x9 is no order.
ORDER_ITEMS = """
order_id|line_no|customer_id|product_id|quantity|unit_price|discount
a1      |1      |ada        |p1        |2       |10.00     |1.00
a2      |1      |ada        |p1        |1       |10.00     |0
a2      |2      |ada        |p3        |1       |45.50     |
a3      |1      |ada        |p2        |2       |12.25     |0.50
b1      |1      |bruno      |p2        |1       |50.00     |0
b1      |2      |elena      |p1        |9       |99.00     |0
c1      |1      |chiara     |p1        |1       |20.00     |0
c2      |1      |chiara     |p5        |1       |20.00     |0
c2      |2      |chiara     |p3        |1       |20.00     |0
d1      |1      |dario      |p1        |1       |10.00     |0
d2      |1      |dario      |p2        |9       |99.00     |0
d3      |1      |dario      |p2        |9       |99.00     |0
d4      |1      |dario      |p2        |9       |99.00     |0
d5      |1      |dario      |p2        |9       |99.00     |0
d6      |1      |dario      |p2        |9       |99.00     |0
d7      |1      |dario      |p2        |9       |99.00     |0
d8      |1      |dario      |p2        |9       |99.00     |0
e1      |1      |elena      |p9        |1       |30.00     |0
e2      |1      |elena      |p2        |3       |10.00     |
e2      |2      |elena      |p1        |0       |99.00     |0
e2      |3      |elena      |p1        |-1      |10.00     |0
e2      |4      |elena      |p1        |5       |          |0
e2      |5      |elena      |p1        |5       |-1.00     |0
e2      |6      |elena      |p1        |5       |1.00      |-1.00
e2      |7      |elena      |p1        |        |10.00     |0
e2      |8      |bruno      |p1        |9       |99.00     |0
g1      |1      |giulia     |p1        |2       |10.00     |0
g2      |1      |giulia     |p3        |1       |10.00     |0
g3      |1      |giulia     |p2        |2       |15.00     |0
h1      |1      |hugo       |p9        |2       |100.00    |20.00
h1      |2      |hugo       |p1        |1       |20.00     |0
i1      |1      |irene      |p4        |1       |50.00     |0
j1      |1      |jacopo     |p1        |1       |100.00    |0
j2      |1      |jacopo     |p1        |1       |100.00    |0
k1      |1      |katia      |p2        |1       |20.00     |0
k2      |1      |katia      |p2        |1       |20.00     |0
k3      |1      |katia      |p2        |1       |20.00     |0
k4      |1      |katia      |p2        |1       |20.00     |0
k5      |1      |katia      |p2        |0.5     |40.00     |0
m1      |1      |marta      |p2        |9       |99.00     |0
x1      |1      |zoe        |p2        |9       |99.00     |0
x9      |1      |ada        |p2        |9       |99.00     |0
"""

# Counted: r1, r6 (exactly at as-of, order unknown), r11. All others lack a counted order of their own, an amount or a
# date that has come.
RETURNS = """
return_id|customer_id|order_id|product_id|returned_at      |amount
r1       |ada        |a2      |p3        |2025-12-20 10:00Z|28.50
r2       |ada        |a3      |p2        |2026-03-31 21:31Z|5.00
r3       |dario      |d2      |p2        |2026-03-05 10:00Z|5.00
r4       |dario      |a1      |p1        |2026-03-05 10:00Z|5.00
r5       |dario      |x9      |p1        |2026-03-05 10:00Z|5.00
r6       |fabio      |        |          |2026-03-31 21:30Z|5.00
r7       |fabio      |f1      |          |2026-03-31 10:00Z|0.00
r8       |fabio      |f1      |          |2026-03-31 10:00Z|-5.00
r9       |fabio      |f1      |          |                 |5.00
r10      |fabio      |f1      |          |2026-03-31 10:00Z|
r11      |hugo       |h1      |p1        |2026-03-27 10:00Z|20.00
r12      |marta      |        |          |2026-03-31 10:00Z|5.00
r13      |zoe        |x1      |          |2026-03-05 10:00Z|5.00
"""

# The service window of 365 days begins after 31 March 2025 23:30 in Rome, 21:30 UTC.
SERVICE_TICKETS = """
ticket_id|customer_id|opened_at        |closed_at        |channel|category|priority|satisfaction
t1       |ada        |2025-09-10 08:00Z|2025-09-10 20:00Z|email  |delivery|high    |5
t2       |ada        |2025-12-21 08:00Z|2025-12-22 20:00Z|email  |return  |low     |2
t3       |ada        |2026-03-30 08:00Z|                 |chat   |        |        |
t4       |giulia     |2026-03-01 10:00Z|2026-03-01 12:00Z|       |        |        |7
t5       |jacopo     |2025-03-31 21:30Z|2025-04-01 21:30Z|       |        |        |1
t6       |katia      |2025-04-01 08:00Z|2025-04-03 08:00Z|       |        |        |1
t7       |katia      |2025-04-05 08:00Z|                 |       |        |        |2
t8       |katia      |2026-03-31 20:00Z|2026-04-01 08:00Z|       |        |        |5
t9       |katia      |2026-04-01 08:00Z|                 |       |        |        |5
t10      |katia      |                 |2026-03-01 08:00Z|       |        |        |5
t11      |marta      |2026-03-31 21:30Z|                 |       |        |        |
t12      |nino       |2026-03-01 08:00Z|                 |       |        |        |5
t13      |zoe        |2026-03-01 08:00Z|                 |       |        |        |5
"""

# The engagement window of 90 days begins after 31 December 2025 23:30 in Rome, 22:30 UTC: w1 is just outside.
WEB_EVENTS = """
event_id|customer_id|session_id|occurred_at      |event_type|page   |product_id
w1      |ada        |s1        |2025-12-31 22:00Z|view      |/p1    |p1
w2      |ada        |s2        |2026-03-01 09:50Z|view      |/p2    |p2
w3      |ada        |s2        |2026-03-01 09:55Z|cart      |       |p2
w4      |ada        |s2        |2026-03-01 10:00Z|purchase  |       |p2
w5      |ada        |s3        |2026-03-31 21:31Z|view      |/p1    |p1
w6      |ada        |s4        |                 |view      |/p1    |p1
w7      |chiara     |          |2026-03-31 09:00Z|search    |/search|
w8      |marta      |s9        |2026-03-31 21:30Z|view      |/      |
w9      |zoe        |s8        |2026-03-01 10:00Z|view      |/      |
"""

CAMPAIGNS = """
campaign_id|name  |channel|started_at       |ended_at         |cost
spring     |Spring|email  |2026-02-01 00:00Z|2026-04-30 00:00Z|100.00
winter     |Winter|post   |2025-01-01 00:00Z|                 |
"""

# Dario's second row does not exist yet: it is sent after as-of. Ada's conversion has not come either.
CAMPAIGN_RESPONSES = """
campaign_id|customer_id|sent_at          |opened_at        |clicked_at       |converted_at
winter     |ada        |2026-02-01 08:00Z|2026-02-01 09:00Z|                 |
spring     |ada        |2026-03-10 08:00Z|2026-03-11 09:00Z|2026-03-11 09:05Z|2026-04-02 10:00Z
winter     |dario      |                 |                 |                 |2026-01-31 22:30Z
spring     |dario      |2026-04-01 08:00Z|2026-03-30 08:00Z|                 |
winter     |jacopo     |2025-04-01 08:00Z|2025-04-02 08:00Z|                 |
spring     |marta      |2026-03-31 20:00Z|                 |                 |
spring     |zoe        |2026-03-01 08:00Z|2026-03-02 08:00Z|                 |
"""

SOURCE = {
    "customers": beside(table(CUSTOMERS, ("phone",)), table(SIGN_UPS)),
    "products": table(PRODUCTS),
    "orders": table(ORDERS),
    "order_items": table(ORDER_ITEMS),
    "returns": table(RETURNS),
    "service_tickets": table(SERVICE_TICKETS),
    "web_events": table(WEB_EVENTS),
    "campaigns": table(CAMPAIGNS),
    "campaign_responses": table(CAMPAIGN_RESPONSES),
}
