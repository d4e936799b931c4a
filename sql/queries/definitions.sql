-- The questions of the page of definitions. They are about the build as a whole: no filter applies.

-- name: exclusions
-- The source rows that the build does not count, with the reason, by relation, most rows first.
select
    relation,
    reason,
    rows
from exclusions
order by exclusions.relation asc, exclusions.rows desc, exclusions.reason asc;
