create table if not exists source.customer_links (
    customer_id text primary key,
    person_id text
);

create index if not exists customer_links_of_person
on source.customer_links (person_id);

comment on table source.customer_links is
'Optional. Ids that are other ids of a person: all their rows count as the person''s. Filled by c360 link, or a view.';
comment on column source.customer_links.customer_id is 'Key. The other id; of the type that it has in every relation.';
comment on column source.customer_links.person_id is
'The id that counts. Links are not followed on: it must not be linked itself.';
