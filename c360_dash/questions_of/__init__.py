"""What the pages besides the overview may ask: one module a page, functions of the same shape as in queries.py."""
