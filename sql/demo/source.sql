-- What the demo asks before it puts its shop into the source.

-- name: is_filled
-- Whether the source holds customers, and whether the loader has ever run there.
select
    exists(select 1 from source.customers) as is_filled,
    to_regclass('source.loaded') is not null as has_loaded;

-- name: loaded
-- What was loaded, by mapping: the number of customers in its files, and when the last file came.
select
    mapping,
    coalesce(sum(rows) filter (where file like 'customers%'), 0)::bigint as customers,
    max(loaded_at) as loaded_at
from source.loaded
group by mapping
order by mapping;
