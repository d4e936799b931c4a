-- Ranges of customers and of cells, as conditions: what a stage is cut into (05_stages_over_ranges.sql).

-- Conditions on customer_id, with equally many customers in each; the outer ones are open, for ids that nobody knows.
create or replace function c360.customer_ranges() returns text[]
language plpgsql as $$
declare
    v_ranges text[] := nullif(current_setting('c360.customer_ranges', true), '');
begin
    if v_ranges is null then
        with places as (
            select
                customer_id,
                row_number() over (order by customer_id) - 1 as place,
                ceil((select count(*) from basic_information) / (select build_ranges from settings)) as size
            from basic_information
        ),

        borders as (
            select customer_id as border, lead(customer_id) over (order by customer_id) as next_border
            from places
            where place > 0 and place % size = 0
        ),

        ranges as (
            select concat('customer_id >= ' || quote_literal(border), ' and customer_id < ' || quote_literal(next_border))
                as range
            from borders
            union all
            select coalesce((select 'customer_id < ' || quote_literal(border) from borders order by border limit 1), 'true')
        )

        select array_agg(range) into v_ranges from ranges;
        perform set_config('c360.customer_ranges', v_ranges::text, true);
    end if;
    return v_ranges;
end
$$;

-- Conditions on the cell of customer_dimensions, a hash: its remainders are about equal parts of the customers.
create or replace function c360.cell_ranges() returns text[]
language plpgsql as $$
begin
    return (
        select array_agg(format('abs(cell %% %s) = %s', build_ranges, part))
        from settings, generate_series(0, build_ranges::integer - 1) as part
    );
end
$$;
