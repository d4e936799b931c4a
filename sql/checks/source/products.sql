-- Check: products: what can be shown of them.

with counted as (
    select
        count(*) as of_rows,
        count(*) filter (where category is null) as no_category,
        count(*) filter (where brand is null) as no_brand
    from source.products
)

select
    finding.finding,
    finding.treatment,
    finding.rows,
    counted.of_rows,
    finding.sentence
from counted
cross join lateral (
    values
    ('no category', 'keep', counted.no_category, 'have no category and are shown as without category'),
    ('no brand', 'keep', counted.no_brand, 'have no brand and are shown as without brand')
) as finding (finding, treatment, rows, sentence)
