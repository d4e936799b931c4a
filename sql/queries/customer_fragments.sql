-- Parts of the questions about customers. The order and the type of an id have variants (c360_dash/db/variants.py):
-- what stands here is the one that is taken when nobody chooses.

-- fragment: customer_order
customer_360.lifetime_value desc nulls last, customer_360.customer_id asc

-- Names and e-mail contain the words, the id begins with them; null finds everybody. Whoever may not see personal data
-- does not find by it either: otherwise a name could be guessed letter by letter.
-- fragment: customer_search
-- parameters: words, in_personal_data
(
    cast(:words as text) is null
    or (
        cast(:in_personal_data as boolean)
        and (
            strpos(lower(concat_ws(' ', customer_360.first_name, customer_360.last_name)), lower(:words)) > 0
            or strpos(lower(customer_360.email), lower(:words)) > 0
        )
    )
    or starts_with(lower(customer_360.customer_id::text), lower(:words))
)

-- fragment: this_customer
-- parameters: customer_id
cast(:customer_id as text)
