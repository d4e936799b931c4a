-- Stage: exclusions
-- Grain: relation, reason
-- Reads: source_rows
-- Means: the source rows that this build does not count, with the reason.

select
    relation,
    reason,
    'exclude' as treatment,
    sum(rows)::bigint as rows
from source_rows
group by relation, reason
