-- Linked ids in an incremental run. Whoever was found by an id of the source is the person behind it; and where links
-- differ from those of the build before, somebody gains rows and somebody loses them.

create or replace function c360.touch_persons(p_schema text) returns void
language plpgsql as $$
begin
    insert into c360_touched.customer
    select link.person_id
    from c360_touched.customer
    inner join c360_in.link on customer.customer_id = link.customer_id
    on conflict do nothing;
    delete from c360_touched.customer using c360_in.link where customer.customer_id = link.customer_id;
    execute format(
        'with different as ('
        'select customer_id, before.person_id as left_person_id, after.person_id from %I.linked_customers as before '
        'full join %I.linked_customers as after using (customer_id) '
        'where before.person_id is distinct from after.person_id) '
        'insert into c360_touched.customer select customer_id from different '
        'union select left_person_id from different where left_person_id is not null '
        'union select person_id from different where person_id is not null on conflict do nothing',
        c360.build_schema((select run_id from c360_kept.state)), p_schema
    );
end
$$;
