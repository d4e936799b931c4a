-- Parts of the questions about customers. The order and the type of an id have variants (c360_dash/db/variants.py):
-- what stands here is the one that is taken when nobody chooses.

-- fragment: customer_order
customer_360.lifetime_value desc nulls last, customer_360.customer_id asc

-- The column of that order.
-- fragment: sorted_column
customer_360.lifetime_value

-- The order of those who come first in a narrow table.
-- fragment: first_order
first_ones.place desc nulls last, first_ones.customer_id asc

-- The same from the other end.
-- fragment: customer_order_from_end
customer_360.lifetime_value asc nulls first, customer_360.customer_id desc

-- Names and e-mail contain the words, the id begins with them, or another id of the person is them; null finds
-- everybody. Whoever may not see personal data does not find by it either: otherwise a name could be guessed letter by
-- letter.
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
    or customer_360.customer_id = any(:persons_of_words)
)

-- The same in the narrow table of words, where everybody is looked through in a third of the time. Most customers fall
-- out with the first condition; of the others, what was found may lie within the id, which counts from its start only.
-- fragment: word_search
-- parameters: words, in_personal_data
(
    (
        position((select convert_to(lower(:words), 'UTF8')) in customer_words.found_by) > 0
        and (
            position((select convert_to(lower(:words), 'UTF8')) in customer_words.found_by) = 1
            or (
                cast(:in_personal_data as boolean)
                and position(
                    (select convert_to(lower(:words), 'UTF8'))
                    in substring(customer_words.found_by from position('\x0a'::bytea in customer_words.found_by))
                ) > 0
            )
        )
    )
    or customer_words.customer_id = any(:persons_of_words)
)

-- Who had the words as an id that was linked; an array, because PostgreSQL makes it once and not for each customer.
-- fragment: persons_of_words
-- parameters: words
array(
    select linked_customers.person_id
    from linked_customers
    where lower(linked_customers.customer_id::text) = lower(:words)
)

-- The narrow table that has the column of the order (c360_dash/db/variants.py).
-- fragment: customer_list
customer_list

-- The filters in such a table; cells are the numbers of those that they leave, null where nothing is filtered.
-- fragment: in_cells
-- parameters: cells
(cast(:cells as text) is null or customer_360.cell = any(cast(:cells as bigint[])))

-- Who comes first in the order: in that table, or in all customers where an index leads through them, which have no cell.
-- fragment: first_list
customer_list

-- fragment: in_first_cells
:in_cells

-- The customer whose words were found, fetched by the index.
-- fragment: worded_customer
lateral (
    select customer_360.*
    from customer_360
    where customer_360.customer_id = worded.customer_id
    order by customer_360.customer_id asc
    limit 1
)

-- On a cluster they are looked for on every worker at once.
-- fragment: worded_customer_on_cluster
customer_360

-- What the conditions read beside customer_360. PostgreSQL leaves out what no condition asks for.
-- fragment: customer_joins
left join customer_facets as facets on customer_360.customer_id = facets.customer_id
left join (
    select
        customer_id as past_customer_id,
        value_segment as value_segment_before,
        rfm_segment as rfm_segment_before
    from earlier_build.customer_360
) as past on customer_360.customer_id = past.past_customer_id

-- fragment: this_customer
-- parameters: customer_id
cast(:customer_id as text)

-- What stands behind the marks of charts. Every condition that is not given is null, and PostgreSQL then drops it with
-- the table that only it reads. Months are half-open: from the first day of the first to the first day after the last.
-- fragment: customer_marks
-- parameters: recency_score, frequency_score, monetary_score, orders_at_least, is_active
-- parameters: first_order_from, first_order_before, has_ordered, ordered_from, ordered_before
-- parameters: category, brand, rating, value_segment_before, rfm_segment_before
(
    (cast(:recency_score as integer) is null or customer_360.recency_score = :recency_score)
    and (cast(:frequency_score as integer) is null or customer_360.frequency_score = :frequency_score)
    and (cast(:monetary_score as integer) is null or customer_360.monetary_score = :monetary_score)
    and (cast(:orders_at_least as bigint) is null or customer_360.orders >= :orders_at_least)
    and (cast(:is_active as boolean) is null or customer_360.is_active = :is_active)
    and (
        cast(:first_order_from as date) is null or customer_360.first_order_at >= cast(:first_order_from as date)
    )
    and (
        cast(:first_order_before as date) is null or customer_360.first_order_at < cast(:first_order_before as date)
    )
    and (
        cast(:has_ordered as boolean) is null
        -- Months lie in order: more of them lie before the end than before the beginning.
        or width_bucket(coalesce(cast(:ordered_before as date) - 1, 'infinity'), facets.order_months)
        > width_bucket(coalesce(cast(:ordered_from as date) - 1, '-infinity'), facets.order_months)
    )
    and (cast(:category as text) is null or cast(:category as text) = any(facets.categories))
    and (cast(:brand as text) is null or cast(:brand as text) = any(facets.brands))
    and (cast(:rating as integer) is null or cast(:rating as integer) = any(facets.ratings))
    and (
        cast(:value_segment_before as text) is null
        or coalesce(past.value_segment_before, 'unknown') = cast(:value_segment_before as text)
    )
    and (
        cast(:rfm_segment_before as text) is null
        or coalesce(past.rfm_segment_before, 'unknown') = cast(:rfm_segment_before as text)
    )
)

-- How alike a word and a name are, 0 to 1; the function stands in the schema of the extension.
-- fragment: likeness
public.similarity(asked.word, vocabulary.name)
