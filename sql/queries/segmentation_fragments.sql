-- Parts of the questions about segments.

-- The segment whose movement is asked has variants (c360_dash/db/variants.py): this one is taken when nobody chooses.
-- fragment: moving_segment
value_segment
