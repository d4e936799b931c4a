"""What customer_360 must say of the people, worked out by hand. Nino does not exist yet: he signs up after as-of."""

from functools import reduce

import pandas as pd

from .tables import beside, table

# Ada turns 36 tomorrow, Bruno turned 66 today. In Rome Ada signed up on 1 April 2025 at 00:30, Dario on 1 January.
# Hugo bought as a guest and signs up in April, which is not known yet.
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
"""

SIGN_UPS = """
customer_id|birth_date|age|gender|signup_at        |tenure_days|acquisition_channel|marketing_consent
ada        |1990-04-01|35 |f     |2025-03-31 22:30Z|364        |search             |true
bruno      |1960-03-31|66 |m     |2026-01-01 00:00Z|89         |                   |false
chiara     |          |   |      |                 |           |social             |
dario      |          |   |      |2025-12-31 23:00Z|89         |                   |
hugo       |          |   |      |                 |           |                   |
luca       |2000-02-29|26 |      |                 |           |                   |
marta      |          |   |      |2026-03-31 21:30Z|0          |                   |
"""

# Ada: 2 September, 1 December, 1 March are 90 and 90 days apart. Chiara's two orders lie on one day in Rome.
# Bruno and Giulia's second order lie on the border of the windows, which belongs to the previous one; Dario's order
# on the other border belongs to neither. Fabio's order is exactly at as-of.
ORDERS = """
customer_id|orders|order_days|first_order_at          |last_order_at       |recency_days|typical_gap_days
ada        |3     |3         |2025-09-02 10:00Z       |2026-03-01 10:00Z   |30          |90
bruno      |1     |1         |2026-02-28 22:30Z       |2026-02-28 22:30Z   |31          |
chiara     |2     |1         |2026-03-30 22:30Z       |2026-03-31 10:00Z   |0           |
dario      |1     |1         |2026-01-31 22:30Z       |2026-01-31 22:30Z   |59          |
elena      |2     |2         |2025-03-20 10:00Z       |2026-03-20 10:00Z   |11          |365
fabio      |1     |1         |2026-03-31 21:30Z       |2026-03-31 21:30Z   |0           |
giulia     |3     |2         |2026-01-31 22:30:00.001Z|2026-02-28 22:30:01Z|31          |28
hugo       |1     |1         |2026-03-26 10:00Z       |2026-03-26 10:00Z   |5           |
irene      |1     |1         |2026-02-28 12:00Z       |2026-02-28 12:00Z   |31          |
jacopo     |2     |2         |2024-03-31 10:00Z       |2025-03-31 10:00Z   |365         |365
katia      |5     |5         |2024-12-10 10:00Z       |2025-03-30 10:00Z   |366         |55/2
"""

# The last 180 days begin on 2 October 2025 at 23:30 in Rome: Ada's September is over, her December and March are not.
# Elena ordered in March of this year and of the last; Chiara's two orders lie on one day, as do two of Giulia's.
WINDOWS = """
customer_id|orders_current_window|orders_previous_window|recent_order_days
ada        |1                    |0                     |2
bruno      |0                    |1                     |1
chiara     |2                    |0                     |1
dario      |0                    |0                     |1
elena      |1                    |0                     |1
fabio      |1                    |0                     |1
giulia     |1                    |2                     |2
hugo       |1                    |0                     |1
irene      |0                    |1                     |1
jacopo     |0                    |0                     |0
katia      |0                    |0                     |0
"""

# Ada: 20.00 + 10.00 + 45.50 + 24.50. Elena: 30.00 + 3 × 10.00 + 0 × 99.00. Fabio's order has no items.
SALES = """
customer_id|units|gross_sales|discounts|returns|returned_amount|lifetime_value|average_order_value|return_rate
ada        |6    |100.00     |1.50     |1      |28.50          |70.00         |70/3               |57/197
bruno      |1    |50.00      |0        |0      |0              |50.00         |50                 |0
chiara     |3    |60.00      |0        |0      |0              |60.00         |30                 |0
dario      |1    |10.00      |0        |0      |0              |10.00         |10                 |0
elena      |4    |60.00      |0        |0      |0              |60.00         |30                 |0
fabio      |0    |0          |0        |1      |5.00           |-5.00         |-5                 |
giulia     |5    |60.00      |0        |0      |0              |60.00         |20                 |0
hugo       |3    |220.00     |20.00    |1      |20.00          |180.00        |180                |1/10
irene      |1    |50.00      |0        |0      |0              |50.00         |50                 |0
jacopo     |2    |200.00     |0        |0      |0              |200.00        |100                |0
katia      |4.5  |100.00     |0        |0      |0              |100.00        |20                 |0
"""

# Chiara: three products with 1 unit and 20.00 each; Espresso was bought a day earlier, Teapot comes before espresso by
# its bytes; Tea was bought later than Coffee. Giulia: 2 units each of Espresso for 20.00 and Filter for 30.00.
# Hugo likes an unknown product, Irene one without a name: their keys stand in.
FAVOURITES = """
customer_id|favourite_product_id|favourite_product|favourite_category|favourite_brand
ada        |p1                  |Espresso         |Coffee            |Aroma
bruno      |p2                  |Filter           |Coffee            |Bianchi
chiara     |p3                  |Teapot           |Tea               |Aroma
dario      |p1                  |Espresso         |Coffee            |Aroma
elena      |p2                  |Filter           |Coffee            |Bianchi
giulia     |p2                  |Filter           |Coffee            |Bianchi
hugo       |p9                  |p9               |Coffee            |Aroma
irene      |p4                  |p4               |Tea               |Bianchi
jacopo     |p1                  |Espresso         |Coffee            |Aroma
katia      |p2                  |Filter           |Coffee            |Bianchi
"""

# Giulia's 7 is no rating. Jacopo's ticket was opened exactly where the window begins: not recent. Katia: the 2 counts
# from the opening, the 5 is not yet known. Hours: Ada 12 and 36, Giulia 2, Jacopo 24, Katia 48.
SERVICE = """
customer_id|tickets|open_tickets|last_ticket_at   |resolution_hours
ada        |3      |1           |2026-03-30 08:00Z|24
giulia     |1      |0           |2026-03-01 10:00Z|2
jacopo     |1      |0           |2025-03-31 21:30Z|24
katia      |3      |2           |2026-03-31 20:00Z|48
marta      |1      |1           |2026-03-31 21:30Z|
"""

RATINGS = """
customer_id|ratings|satisfied_ratings|satisfaction_mean|recent_ratings|recent_low_ratings
ada        |2      |1                |7/2              |2             |1
giulia     |0      |0                |                 |0             |0
jacopo     |1      |0                |1                |0             |0
katia      |2      |0                |3/2              |2             |2
marta      |0      |0                |                 |0             |0
"""

WEB_BEHAVIOUR = """
customer_id|web_sessions|recent_web_sessions|web_events|product_views|cart_additions|web_purchases|last_visit_at
ada        |2           |1                  |4         |2            |1             |1            |2026-03-01 10:00Z
chiara     |0           |0                  |1         |0            |0             |0            |2026-03-31 09:00Z
marta      |1           |1                  |1         |1            |0             |0            |2026-03-31 21:30Z
"""

CAMPAIGNS = """
customer_id|campaigns_received|campaigns_opened|campaigns_clicked|campaigns_converted
ada        |2                 |2               |1                |0
dario      |1                 |0               |0                |1
jacopo     |1                 |1               |0                |0
marta      |1                 |0               |0                |0
"""

RESPONSES = """
customer_id|campaign_conversion_rate|last_campaign_response_at
ada        |0                       |2026-03-11 09:05Z
dario      |1                       |2026-01-31 22:30Z
jacopo     |0                       |2025-04-02 08:00Z
marta      |0                       |
"""

ENGAGEMENT = """
customer_id|last_engaged_at  |days_since_engaged
ada        |2026-03-11 09:05Z|20
chiara     |2026-03-31 09:00Z|0
dario      |2026-01-31 22:30Z|59
jacopo     |2025-04-02 08:00Z|363
marta      |2026-03-31 21:30Z|0
"""

# Eleven customers with orders, so a score is 1 + half the number of customers strictly below, at most 5.
# Below by day: Katia 0, Jacopo 1, Dario 2, Bruno, Giulia and Irene 3, Ada 6, Elena 7, Hugo 8, Chiara and Fabio 9.
# Below by orders: one order 0, two 5, three 8, five 10.
# Below by value: Fabio 0, Dario 1, Bruno and Irene 2, Chiara, Elena and Giulia 4, Ada 7, Katia 8, Hugo 9, Jacopo 10.
# High is 0.2 × 11 = 2.2, so the third from the top, 100.00; Medium 0.5 × 11 = 5.5, the sixth, 60.00: the fifth and
# seventh have it too.
SCORES = """
customer_id|is_active|value_segment|recency_score|frequency_score|monetary_score|rfm_score|rfm_segment
ada        |true     |Medium       |4            |5              |4             |454      |Loyal
bruno      |true     |Low          |2            |1              |2             |212      |Hibernating
chiara     |true     |Medium       |5            |3              |3             |533      |Potential Loyalists
dario      |true     |Low          |2            |1              |1             |211      |Hibernating
elena      |true     |Medium       |4            |3              |3             |433      |Potential Loyalists
fabio      |true     |Low          |5            |1              |1             |511      |New
giulia     |true     |Medium       |2            |5              |3             |253      |Can't Lose
hugo       |true     |High         |5            |1              |5             |515      |New
irene      |true     |Low          |2            |1              |2             |212      |Hibernating
jacopo     |true     |High         |1            |3              |5             |135      |At Risk
katia      |false    |High         |1            |5              |5             |155      |Can't Lose
luca       |         |Prospect     |             |               |              |         |Prospect
marta      |         |Prospect     |             |               |              |         |Prospect
"""

# The median of the typical gaps 27.5, 28, 90, 365 and 365 is 90; expected gap = (span + 2 × 90) ÷ (order days + 1).
# Spans: Ada 180, Elena and Jacopo 365, Giulia 28, Katia 110. Recency part = 100 × recency ÷ (recency + 3 × gap).
RECENCY_RISK = """
customer_id|expected_gap_days|churn_recency_ratio|churn_recency_part
ada        |90               |1/3                |10
bruno      |90               |31/90              |3100/301
chiara     |90               |0                  |0
dario      |90               |59/90              |5900/329
elena      |545/3            |33/545             |275/139
fabio      |90               |0                  |0
giulia     |208/3            |93/208             |3100/239
hugo       |90               |1/18               |20/11
irene      |90               |31/90              |3100/301
jacopo     |545/3            |219/109            |3650/91
katia      |145/3            |1098/145           |36600/511
"""

# Frequency part = 100 × 3 ÷ (3 + days with an order in the last 180): 60 for two, 75 for one, 100 for none.
# Score, weights 0.35 recency, 0.35 frequency, 0.10 service, 0.20 engagement: the half of recency and frequency where
# nothing else is known. Ada, who has all four: (7 × 10 + 7 × 60 + 2 × 50 + 4 × 200/11) ÷ 20.
# Chiara, Dario and Jacopo, without service: (7 recency + 7 frequency + 4 engagement) ÷ 18.
# Katia, without engagement: (7 × 36600/511 + 7 × 100 + 2 × 100) ÷ 16.
CHURN_RISK = """
customer_id|churn_frequency_part|churn_service_part|churn_engagement_part|churn_risk_score|churn_band
ada        |60                  |50                |200/11               |729/22          |Medium
bruno      |75                  |                  |                     |25675/602       |Medium
chiara     |75                  |                  |0                    |175/6           |Low
dario      |75                  |                  |5900/149             |5664875/126054  |Medium
elena      |75                  |                  |                     |5350/139        |Medium
fabio      |75                  |                  |                     |75/2            |Medium
giulia     |60                  |                  |                     |8720/239        |Medium
hugo       |75                  |                  |                     |845/22          |Medium
irene      |75                  |                  |                     |25675/602       |Medium
jacopo     |100                 |                  |12100/151            |2554450/35334   |High
katia      |100                 |100               |                     |25575/292       |High
marta      |                    |                  |                     |                |
"""

# Eleven of the 500 customers that a forecast needs.
BUYERS = ("ada", "bruno", "chiara", "dario", "elena", "fabio", "giulia", "hugo", "irene", "jacopo", "katia")
FORECAST = "\n".join(
    [
        "customer_id|probability_active|expected_orders_90_days|expected_orders_365_days|expected_sales_90_days"
        "|expected_sales_365_days|predicted_lifetime_value|forecast_reason",
        *(f"{name}|||||||11 of the 500 customers with an order that a forecast needs." for name in BUYERS),
        *(f"{name}|||||||No order yet." for name in ("luca", "marta")),
    ]
)

WORDS = ("rfm_score", "phone")
PARTS = (
    CUSTOMERS, SIGN_UPS, ORDERS, WINDOWS, SALES, FAVOURITES, SERVICE, RATINGS, WEB_BEHAVIOUR, CAMPAIGNS, RESPONSES,
    ENGAGEMENT, SCORES, RECENCY_RISK, CHURN_RISK, FORECAST,
)  # fmt: skip
EXPECTED: pd.DataFrame = reduce(beside, [table(part, WORDS) for part in PARTS])
