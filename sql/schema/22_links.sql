-- Who linked and unlinked ids (source.customer_links), and when. Those that were unlinked are not proposed again.

create table if not exists c360.link_log (
    customer_id text not null,
    person_id text not null,
    action text not null check (action in ('linked', 'undone')),
    reason text,
    done_by text not null,
    done_at timestamptz not null default clock_timestamp()
);

comment on table c360.link_log is 'What c360 link did to the links of ids: who, when, and why they are one person.';
