"""Customer 360: one row per customer, built in PostgreSQL, shown with Plotly Dash."""
