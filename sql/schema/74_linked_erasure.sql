-- Erasure of persons with several ids (source.customer_links): all ids that the source links now are erased; of a kept
-- build that linked others, whoever had the rows there leaves it too.

create or replace function c360.ids_of_person(p_customer_id text) returns text[]
language plpgsql as $$
declare
    v_ids text[] := array[p_customer_id];
begin
    if to_regclass('source.customer_links') is not null then
        execute
            'with persons as ('
            'select $1 as person_id '
            'union select person_id::text from source.customer_links where customer_id::text = $1) '
            'select array_agg(id) from ('
            'select person_id from persons '
            'union select customer_links.customer_id::text from source.customer_links '
            'inner join persons on customer_links.person_id::text = persons.person_id) as ids (id)'
        into v_ids using p_customer_id;
    end if;
    return v_ids;
end
$$;

comment on function c360.ids_of_person is 'All ids under which the source knows the person with this one, as text.';

create or replace function c360.erase_ids_from(p_schema text, p_ids text[]) returns bigint
language plpgsql as $$
declare
    v_persons text[] := p_ids;
begin
    if to_regclass(format('%I.linked_customers', p_schema)) is not null then
        execute format(
            'select $1 || array(select person_id::text from %I.linked_customers '
            'where customer_id::text = any ($1) and person_id::text <> all ($1))', p_schema
        ) into v_persons using p_ids;
    end if;
    if v_persons <> p_ids then
        insert into c360.change_gap (reason) values ('a customer was erased');
    end if;
    return (select sum(c360.erase_from(p_schema, id)) from unnest(v_persons) as id);
end
$$;

comment on function c360.erase_ids_from is
'Removes the ids, and whoever a build counts them as, from it; how many rows there were.';
