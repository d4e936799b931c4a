-- An installation as an older version left it: what pg_dump says of a database in which the SQL of commit a5034d7 was
-- installed, the shop of test_rebuild.py built as of the end of May 2024, two settings changed, a line written to the
-- audit, a token made, and customer 3 erased. Without comments, bodies of PL/pgSQL and rows that installing writes anew:
--   pg_dump --inserts --no-owner --no-comments --exclude-table-data=c360.stage \
--       --exclude-table-data=c360.column_meaning --exclude-table-data=c360.rfm_cell_name

SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA c360;
CREATE SCHEMA c360_b1;
CREATE SCHEMA c360_in;
CREATE SCHEMA c360_kept;
CREATE SCHEMA c360_touched;
CREATE SCHEMA source;
CREATE TABLE c360.stage (
    "position" integer NOT NULL,
    name text NOT NULL,
    is_working boolean NOT NULL,
    grain text[] NOT NULL,
    indexes text[] NOT NULL,
    meaning text NOT NULL,
    body text NOT NULL,
    is_kept boolean DEFAULT false NOT NULL,
    reads text[] DEFAULT '{}'::text[] NOT NULL,
    way text DEFAULT 'anew'::text NOT NULL,
    added_columns text[] DEFAULT '{}'::text[] NOT NULL,
    anew_columns text[] DEFAULT '{}'::text[] NOT NULL,
    steady_table text,
    split text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT stage_way_check CHECK ((way = ANY (ARRAY['anew'::text, 'by customer'::text, 'added'::text])))
);
CREATE FUNCTION c360.added_over_ranges(p_schema text, p_stage c360.stage) RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.adding_up(p_base text, p_stage c360.stage) RETURNS text
    LANGUAGE sql STABLE
    AS $_$
    with columns as (
        select
            attname,
            attnum,
            format_type(atttypid, atttypmod) as type,
            attname = any (p_stage.added_columns) as is_added,
            (select min(anew) from unnest(p_stage.anew_columns) as anew where anew like '% as ' || attname) as anew
        from pg_attribute
        where attrelid = format('%I.%I', p_base, p_stage.name)::regclass and attnum > 0 and not attisdropped
    ),
    parts as (
        select
            string_agg(
                case
                    when is_added then format('sum(%1$I)::%2$s as %1$I', attname, type)
                    else coalesce(anew, quote_ident(attname))
                end, ', ' order by attnum
            ) as results,
            string_agg(quote_ident(attname), ', ' order by attnum) filter (where anew is null) as plus,
            string_agg(case when is_added then '-' else '' end || quote_ident(attname), ', ' order by attnum)
            filter (where anew is null) as minus,
            string_agg(quote_ident(attname), ', ' order by attnum) filter (where anew is null and not is_added) as keys,
            string_agg(format('sum(%I) <> 0', attname), ' or ' order by attnum) filter (where is_added) as not_empty
        from columns
    )
    select format(
        'select %1$s from (select %2$s from %3$I.%4$I union all select %5$s from c360_before.%4$I '
        'union all select %2$s from c360_after.%4$I) as summands group by %6$s having %7$s',
        results, plus, p_base, p_stage.name, minus, keys, not_empty
    )
    from parts
$_$;
CREATE FUNCTION c360.as_of() RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('c360.as_of'::text, true), ''::text))::timestamp with time zone, 'infinity'::timestamp with time zone);
CREATE FUNCTION c360.back_test_from(p_as_of timestamp with time zone, p_days integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.build_schema(p_run_id bigint) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN ('c360_b'::text || p_run_id);
CREATE FUNCTION c360.cancel_rebuild(p_run_id bigint, p_requested_by text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.cell_of(value_segment text, rfm_segment text, churn_band text, country text, acquisition_channel text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN hashtext(((((((((COALESCE(value_segment, ''::text) || chr(1)) || COALESCE(rfm_segment, ''::text)) || chr(1)) || COALESCE(churn_band, ''::text)) || chr(1)) || COALESCE(country, ''::text)) || chr(1)) || COALESCE(acquisition_channel, ''::text)));
CREATE FUNCTION c360.close_lost_runs() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.column_or_null(p_schema text, p_column text) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE WHEN (EXISTS (SELECT FROM pg_attribute WHERE ((pg_attribute.attrelid = ((format('%I.customer_360'::text, column_or_null.p_schema))::regclass)::oid) AND (pg_attribute.attname = column_or_null.p_column)))) THEN quote_ident(p_column) ELSE 'null'::text END;
CREATE FUNCTION c360.comment_columns(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE PROCEDURE c360.create_customer_360(IN as_of timestamp with time zone DEFAULT NULL::timestamp with time zone, IN trigger text DEFAULT 'psql'::text, IN requested_by text DEFAULT SESSION_USER, IN kind text DEFAULT 'full'::text, IN days integer DEFAULT 90)
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.customer_ranges() RETURNS text[]
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.default_as_of() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    with limits as (
        select now() - make_interval(days => c360.setting_value('historical_after_days')::integer) as historical_before
    )
    select case
        when exists (
            select from source.orders where ordered_at >= historical_before and ordered_at <= now()
        ) then now()
        else (
            select case when latest < historical_before then latest else now() end
            from c360.latest_moment() as latest
        )
    end
    from limits
$$;
CREATE FUNCTION c360.digamma(p_x double precision) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin end $$;
CREATE FUNCTION c360.discard(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.drop_old_builds() RETURNS void
    LANGUAGE sql
    AS $$
    select c360.discard(run_id) from c360.old_builds(c360.setting_value('builds_kept')::integer) as run_id
$$;
CREATE FUNCTION c360.drop_working_tables(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.erase_customer(p_customer_id text) RETURNS integer
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.erase_from(p_schema text, p_customer_id text, VARIADIC p_but text[] DEFAULT '{}'::text[]) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.expected_order_days(p_s double precision, p_moment double precision, p_a double precision, p_b double precision, p_days double precision) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 PARALLEL SAFE
    AS $$ begin end $$;
CREATE FUNCTION c360.expected_order_days_far(p_s double precision, p_odds double precision, p_a double precision, p_b double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    with grid as (
        select
            least(0.125, sqrt(1 / p_a + 1 / p_b) / 2) as step,
            -45 - ln(1 + p_s * p_odds) - ln(1 + p_b) as lowest,
            45 / least(1, p_b) as highest
    ),
    places as (
        select
            step,
            step * number as place
        from grid
        cross join lateral generate_series(floor(lowest / step)::integer, ceil(highest / step)::integer) as number
    ),
    logarithms as (
        select
            *,
            -greatest(place, 0) - ln(1 + exp(-least(abs(place), 300))) as ln_stays,
            least(place, 0) - ln(1 + exp(-least(abs(place), 300))) as ln_leaves
        from places
    ),
    weighed as (
        select
            step,
            place,
            p_a * ln_leaves + p_b * ln_stays
            + c360.ln_gamma(p_a + p_b) - c360.ln_gamma(p_a) - c360.ln_gamma(p_b) as ln_weight,
            p_odds * exp(ln_leaves) as odds
        from logarithms
    ),
    -- ln (1 + odds) without loss for small odds; 1 − exp(−2h) is 2 sinh h exp(−h), without loss for small h.
    halves as (
        select
            step,
            place,
            ln_weight,
            odds,
            least(150, p_s / 2 * case when 1 + odds > 1 then ln(1 + odds) * odds / (1 + odds - 1) else odds end) as half
        from weighed
    )
    -- Weights are normalised by what they sum to, unless the sum would have to go too far.
    select p_s * p_odds * (
        1 - sum(
            step * exp(greatest(-300, ln_weight)) * (1 - 2 * sinh(half) * exp(-half) / (p_s * odds)) order by place
        ) / case when p_a < 1 then 1 else sum(step * exp(greatest(-300, ln_weight)) order by place) end
    )
    from halves
$$;
CREATE FUNCTION c360.find_moved(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.find_touched(p_schema text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.fit_purchases(p_reason text, p_first integer, OUT r double precision, OUT alpha double precision, OUT a double precision, OUT b double precision, OUT log_likelihood double precision, OUT steps integer, OUT reason text) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$ begin end $$;
CREATE FUNCTION c360.fit_values(p_reason text, OUT p double precision, OUT q double precision, OUT gamma double precision, OUT log_likelihood double precision, OUT steps integer, OUT reason text) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$ begin end $$;
CREATE FUNCTION c360.forget_kept(p_customer_id text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.freeze_settings(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.grant_access() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.grant_reading(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.grant_reading_source() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.group_back_test(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.is_complete(p_month date) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((p_month + '1 mon'::interval) <= (c360.as_of() + '00:00:01'::interval));
CREATE FUNCTION c360.is_fitted_on(p_customer_id text, p_share double precision) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_share >= (1)::double precision) OR (((hashtextextended(p_customer_id, (0)::bigint) & (1048575)::bigint))::double precision < (p_share * (1048576)::double precision)));
CREATE FUNCTION c360.is_read_by_sides(p_name text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM c360.stage WHERE ((stage.reads @> ARRAY[is_read_by_sides.p_name]) AND (stage.way = 'added'::text))));
CREATE FUNCTION c360.is_steady(p_schema text, p_table text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.log_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ begin end $$;
CREATE FUNCTION c360.is_watched(p_table regclass) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (SELECT (count(*) = 4) FROM pg_trigger WHERE ((pg_trigger.tgrelid = (is_watched.p_table)::oid) AND (pg_trigger.tgfoid = ('c360.log_change'::regproc)::oid) AND (pg_trigger.tgenabled = ANY (ARRAY['O'::"char", 'A'::"char"]))));
CREATE FUNCTION c360.keep_evidence(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.keep_rows(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE TABLE c360.rebuild_request (
    is_single boolean DEFAULT true NOT NULL,
    trigger text NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT rebuild_request_is_single_check CHECK (is_single)
);
CREATE TABLE c360.run (
    run_id bigint NOT NULL,
    kind text NOT NULL,
    trigger text NOT NULL,
    requested_by text NOT NULL,
    as_of timestamp with time zone,
    state text NOT NULL,
    started_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    data_to timestamp with time zone,
    pid integer DEFAULT pg_backend_pid() NOT NULL,
    error text,
    sqlstate text,
    changed_customers bigint,
    note text,
    CONSTRAINT run_kind_check CHECK ((kind = ANY (ARRAY['full'::text, 'incremental'::text, 'backtest'::text]))),
    CONSTRAINT run_state_is_known CHECK ((state = ANY (ARRAY['running'::text, 'held'::text, 'rejected'::text, 'published'::text, 'replaced'::text, 'discarded'::text, 'failed'::text, 'cancelled'::text, 'lost'::text, 'tested'::text])))
);
CREATE FUNCTION c360.last_rebuild_at() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    RETURN GREATEST((SELECT max(run.started_at) AS max FROM c360.run WHERE (run.kind <> 'backtest'::text)), (SELECT rebuild_request.requested_at FROM c360.rebuild_request));
CREATE FUNCTION c360.latest_moment() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
    select greatest(
        (select max(ordered_at) from source.orders where ordered_at <= now()),
        (select max(returned_at) from source.returns where returned_at <= now()),
        (select max(opened_at) from source.service_tickets where opened_at <= now()),
        (select max(closed_at) from source.service_tickets where closed_at <= now()),
        (select max(occurred_at) from source.web_events where occurred_at <= now()),
        (select max(converted_at) from source.campaign_responses where converted_at <= now())
    )
$$;
CREATE FUNCTION c360.likely_order_days(p_active double precision, p_s double precision, p_moment double precision, p_a double precision, p_b double precision, p_days double precision, p_share double precision, OUT lowest integer, OUT highest integer) RETURNS record
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin end $$;
CREATE FUNCTION c360.ln_gamma(p_x double precision) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin end $$;
CREATE FUNCTION c360.lock_rebuild() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.login_succeeded(p_name text, p_address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    delete from c360.login_attempt where name = p_name and address = p_address;
$$;
CREATE FUNCTION c360.look_at(VARIADIC p_schemas text[]) RETURNS void
    LANGUAGE sql
    AS $$
    select set_config(
        'search_path',
        (select string_agg(quote_ident(name), ', ') from unnest(p_schemas || 'pg_catalog'::text) as name),
        true
    )
$$;
CREATE FUNCTION c360.make(p_schema text, p_stage c360.stage, p_select text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.make_over_ranges(p_schema text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    SET min_parallel_table_scan_size TO '5TB'
    SET min_parallel_index_scan_size TO '5TB'
    SET enable_hashagg TO 'on'
    AS $$ begin end $$;
CREATE FUNCTION c360.maximise(p_likelihood text, p_start double precision[], p_lowest double precision[], p_highest double precision[], OUT logarithms double precision[], OUT value double precision, OUT steps integer, OUT is_settled boolean) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$ begin end $$;
CREATE FUNCTION c360.may_publish(p_run_id bigint) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM (c360.run JOIN pg_namespace ON ((pg_namespace.nspname = c360.build_schema(run.run_id)))) WHERE ((run.run_id = may_publish.p_run_id) AND ((run.state = ANY (ARRAY['held'::text, 'replaced'::text, 'published'::text])) OR ((run.state = 'running'::text) AND (run.pid = pg_backend_pid()) AND (current_setting('application_name'::text) ~~ format('c360 #%s %% publishing %%'::text, may_publish.p_run_id)))))));
CREATE FUNCTION c360.measure_back_test(p_run_id bigint, p_days integer) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE TABLE c360.run_notice (
    run_id bigint NOT NULL,
    event text NOT NULL,
    noticed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT run_notice_event_check CHECK ((event = ANY (ARRAY['failed'::text, 'held'::text, 'recovered'::text])))
);
CREATE FUNCTION c360.news() RETURNS SETOF c360.run_notice
    LANGUAGE sql
    AS $$
    with outcomes as (
        select
            run_id,
            case
                when state in ('failed', 'lost', 'rejected') then 'failed'
                when state = 'held' then 'held'
                when state in ('published', 'replaced') then 'good'
            end as outcome
        from c360.run_history
        where state <> 'cancelled' and kind <> 'backtest' and coalesce(ended_at, started_at) > clock_timestamp() - interval '1 day'
    ),
    events as (
        select
            run_id,
            case
                when outcome <> 'good' then outcome
                when lag(outcome) over (order by run_id) in ('failed', 'held') then 'recovered'
            end as event
        from outcomes
        where outcome is not null
    )
    insert into c360.run_notice (run_id, event)
    select run_id, event from events where event is not null order by run_id
    on conflict (run_id) do nothing
    returning *
$$;
CREATE FUNCTION c360.newton_step(p_gradient double precision[], p_curvature double precision[], p_damping double precision, p_free boolean[]) RETURNS double precision[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$ begin end $$;
CREATE TABLE c360.setting (
    name text NOT NULL,
    value text NOT NULL,
    default_value text NOT NULL,
    is_number boolean NOT NULL,
    definition text NOT NULL
);
CREATE FUNCTION c360.setting_value(p_name text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT setting.value FROM c360.setting WHERE (setting.name = setting_value.p_name));
CREATE FUNCTION c360.next_rebuild_at(p_last timestamp with time zone, p_every interval, p_at time without time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    RETURN CASE WHEN (p_at IS NULL) THEN (p_last + p_every) ELSE (SELECT (((((moments.local_last)::date + next_rebuild_at.p_at) + next_rebuild_at.p_every) - CASE WHEN ((moments.local_last)::time without time zone < next_rebuild_at.p_at) THEN '1 day'::interval ELSE '00:00:00'::interval END) AT TIME ZONE c360.setting_value('timezone'::text)) AS timezone FROM (SELECT (next_rebuild_at.p_last AT TIME ZONE c360.setting_value('timezone'::text)) AS local_last) moments) END;
CREATE FUNCTION c360.note_failed_start(p_trigger text, p_requested_by text, p_error text) RETURNS bigint
    LANGUAGE sql
    AS $$
    insert into c360.run (kind, trigger, requested_by, state, ended_at, error)
    values ('full', p_trigger, p_requested_by, 'failed', clock_timestamp(), p_error)
    returning run_id
$$;
CREATE FUNCTION c360.note_request(p_trigger text, p_requested_by text) RETURNS void
    LANGUAGE sql
    AS $$
    insert into c360.rebuild_request (trigger, requested_by) values (p_trigger, p_requested_by)
    on conflict (is_single) do update
    set trigger = excluded.trigger, requested_by = excluded.requested_by, requested_at = clock_timestamp()
$$;
CREATE FUNCTION c360.old_builds(p_builds_kept integer, p_after_the_next boolean DEFAULT false) RETURNS SETOF bigint
    LANGUAGE sql STABLE
    AS $$
    select kept.run_id
    from (
        select run.run_id, row_number() over (order by run.run_id desc) as age
        from c360.run
        inner join pg_namespace on pg_namespace.nspname = c360.build_schema(run.run_id)
        where run.state in ('held', 'rejected', 'replaced') or p_after_the_next and run.state = 'published'
    ) as kept
    where kept.age >= p_builds_kept
    order by kept.run_id
$$;
CREATE FUNCTION c360.over_ranges(p_stage c360.stage) RETURNS text
    LANGUAGE sql
    AS $$
    with parts as (
        select format(
            'select * from (with %s select * from (%s) as stage) as part',
            (
                select string_agg(
                    format(
                        '%I as not materialized (select * from %s where %s)',
                        replace(relation, 'c360_in.', ''), relation, range
                    ), ', '
                )
                from unnest(p_stage.split) as relation
            ),
            replace(p_stage.body, 'c360_in.', '')
        ) as part
        from unnest(c360.customer_ranges()) as range
    )
    select string_agg(part, E'\nunion all\n') from parts
$$;
CREATE FUNCTION c360.passed(p_schema text, p_borders text[]) RETURNS tstzmultirange
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.point_at(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.point_view(p_schema text, p_table text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.probability_active(p_r double precision, p_alpha double precision, p_a double precision, p_b double precision, p_repeat_days double precision, p_chances double precision, p_span_days double precision, p_observed_days double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (p_r IS NULL) THEN NULL::double precision WHEN (p_chances = (0)::double precision) THEN (1)::double precision ELSE ((1)::double precision / ((1)::double precision + exp(LEAST((300)::double precision, (ln((p_a / ((p_b + p_chances) - (1)::double precision))) + ((p_r + p_repeat_days) * ln(((p_alpha + p_observed_days) / (p_alpha + p_span_days))))))))) END;
CREATE FUNCTION c360.publish(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.publish_or_hold(p_run_id bigint) RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.purchase_likelihood(p_logarithms double precision[], p_first integer, OUT value double precision, OUT gradient double precision[], OUT curvature double precision[]) RETURNS record
    LANGUAGE plpgsql STABLE
    SET max_parallel_workers_per_gather TO '0'
    SET synchronize_seqscans TO 'off'
    SET enable_sort TO 'off'
    AS $$ begin end $$;
CREATE FUNCTION c360.rank_back_test(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE TABLE c360.run_cancellation (
    run_id bigint NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE VIEW c360.run_history AS
 WITH sessions AS (
         SELECT run_1.run_id,
            activity.application_name
           FROM (c360.run run_1
             JOIN pg_stat_activity activity ON (((run_1.pid = activity.pid) AND (activity.application_name ~~ (('c360 #'::text || run_1.run_id) || ' %'::text)))))
          WHERE (run_1.state = 'running'::text)
        )
 SELECT run.run_id,
    run.kind,
    run.trigger,
    run.requested_by,
    run.as_of,
        CASE
            WHEN ((run.state = 'running'::text) AND (sessions.run_id IS NULL)) THEN 'lost'::text
            ELSE run.state
        END AS state,
    run.started_at,
    run.ended_at,
    EXTRACT(epoch FROM (COALESCE(run.ended_at, clock_timestamp()) - run.started_at)) AS seconds,
    run.data_to,
    run.pid,
    run.error,
    run.sqlstate,
    sessions.application_name,
        CASE
            WHEN (run.state = 'cancelled'::text) THEN run_cancellation.requested_by
            ELSE NULL::text
        END AS cancelled_by,
    run.changed_customers,
    run.note
   FROM ((c360.run
     LEFT JOIN sessions ON ((run.run_id = sessions.run_id)))
     LEFT JOIN c360.run_cancellation ON ((run.run_id = run_cancellation.run_id)));
CREATE FUNCTION c360.rebuild_under_way() RETURNS text
    LANGUAGE sql STABLE
    RETURN COALESCE((SELECT format('rebuild %s is running, asked for by %s'::text, run_history.run_id, run_history.requested_by) AS format FROM c360.run_history WHERE (run_history.state = 'running'::text) ORDER BY run_history.run_id DESC LIMIT 1), (SELECT format('a rebuild that %s asked for is starting'::text, rebuild_request.requested_by) AS format FROM c360.rebuild_request WHERE ((rebuild_request.requested_at > (clock_timestamp() - '00:01:00'::interval)) AND (rebuild_request.requested_at > COALESCE((SELECT max(run.started_at) AS max FROM c360.run), '-infinity'::timestamp with time zone)))));
CREATE FUNCTION c360.relations_of_customers() RETURNS SETOF text
    LANGUAGE sql IMMUTABLE
    AS $$
    values
    ('campaign_responses'), ('customers'), ('order_items'), ('orders'), ('returns'), ('service_tickets'), ('web_events')
$$;
CREATE FUNCTION c360.remove_erased(p_run_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.request_rebuild(p_trigger text, p_requested_by text) RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.request_scheduled_rebuild(p_every interval, p_at time without time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_added(p_schema text, p_base text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_both_sides(p_schema text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_by_customer(p_schema text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_incrementally(p_schema text, p_base text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_side(p_side text, p_beside text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.run_stage_into(p_schema text, p_stage c360.stage) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.six_digits(p_value double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (round((p_value)::numeric, (5 - (floor(log(p_value)))::integer)))::double precision;
CREATE FUNCTION c360.stages_of(p_kind text) RETURNS SETOF c360.stage
    LANGUAGE sql STABLE
    AS $$
    with recursive needed as (
        select 'customer_360' as name
        union
        select unnest(stage.reads)
        from needed
        inner join c360.stage on needed.name = stage.name
    )
    select *
    from c360.stage
    where p_kind <> 'backtest' or name in (select needed.name from needed)
    order by position
$$;
CREATE FUNCTION c360.start_incremental() RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.take_fingerprints(p_schema text) RETURNS bigint
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.take_outcomes(p_schema text, p_from timestamp with time zone, p_days integer) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.take_rules() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.too_many(p_changed bigint) RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.touch_fingerprints(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.touch_logged() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.touch_passed(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.touch_product_buyers(p_schema text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.touch_strays() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.track(p_relation text, p_table regclass, p_customer_column text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.trigamma(p_x double precision) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ begin end $$;
CREATE FUNCTION c360.try_login(p_name text, p_address text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ begin end $$;
CREATE FUNCTION c360.use_token(p_hash text) RETURNS TABLE(name text, role text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$ begin end $$;
CREATE FUNCTION c360.value_likelihood(p_logarithms double precision[], OUT value double precision, OUT gradient double precision[], OUT curvature double precision[]) RETURNS record
    LANGUAGE plpgsql STABLE
    SET max_parallel_workers_per_gather TO '0'
    SET synchronize_seqscans TO 'off'
    SET enable_sort TO 'off'
    AS $$ begin end $$;
CREATE FUNCTION c360.verdict(p_run_id bigint) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    select case
        when bool_or(not passed and severity = 'stop') then 'rejected'
        when bool_or(not passed and severity = 'hold') then 'held'
        else 'passed'
    end
    from c360.run_check
    where run_id = p_run_id
$$;
CREATE FUNCTION c360.watch(p_table regclass, p_customer_column text, p_relation text) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.watch_source() RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.watched() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
    with tables as (
        select relation, format('source.%I', relation)::regclass as base_table
        from c360.relations_of_customers() as relation
        where (select relkind from pg_class where oid = format('source.%I', relation)::regclass) = 'r'
        union all
        select relation, to_regclass(base_table) from c360.tracked_table
    )
    select jsonb_object_agg(
        relation, case when (
            select bool_and(coalesce(c360.is_watched(base_table), false))
            from tables
            where tables.relation = known.relation
        ) then 'log' else 'fingerprints' end
    )
    from c360.relations_of_customers() as known (relation)
$$;
CREATE FUNCTION c360.why_full(p_schema text) RETURNS text
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.widen_sides(p_schema text, p_position integer) RETURNS void
    LANGUAGE plpgsql
    AS $$ begin end $$;
CREATE FUNCTION c360.write_audit(p_person text, p_role text, p_action text, p_subject text, p_detail jsonb, p_address text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
    insert into c360.audit (person, role, action, subject, detail, address)
    values (
        left(p_person, 200), left(p_role, 20), left(p_action, 100), left(p_subject, 200), p_detail, left(p_address, 100)
    );
$$;
CREATE TABLE c360_b1.affinity (
    product_a text,
    product_b text,
    name_a text,
    name_b text,
    orders_a bigint,
    orders_b bigint,
    orders_both bigint,
    orders_all bigint,
    support double precision,
    confidence double precision,
    lift double precision
);
CREATE VIEW c360.affinity AS
 SELECT product_a,
    product_b,
    name_a,
    name_b,
    orders_a,
    orders_b,
    orders_both,
    orders_all,
    support,
    confidence,
    lift
   FROM c360_b1.affinity;
CREATE TABLE c360.api_token (
    token_id bigint NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    hash text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_token_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'analyst'::text, 'admin'::text])))
);
ALTER TABLE c360.api_token ALTER COLUMN token_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME c360.api_token_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE c360.audit (
    audit_id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    person text,
    role text,
    action text NOT NULL,
    subject text,
    detail jsonb,
    address text
);
ALTER TABLE c360.audit ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME c360.audit_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE c360.back_test (
    run_id bigint NOT NULL,
    as_of timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    days integer NOT NULL,
    customers bigint NOT NULL,
    returned bigint NOT NULL
);
CREATE TABLE c360.back_test_decile (
    run_id bigint NOT NULL,
    rule text NOT NULL,
    decile integer NOT NULL,
    customers bigint NOT NULL,
    returned bigint NOT NULL,
    expected_returned double precision,
    order_days bigint NOT NULL,
    expected_order_days double precision
);
CREATE TABLE c360.back_test_group (
    run_id bigint NOT NULL,
    "grouping" text NOT NULL,
    name text NOT NULL,
    customers bigint NOT NULL,
    returned bigint NOT NULL,
    order_days bigint NOT NULL,
    expected_order_days double precision,
    order_days_before bigint NOT NULL,
    sales numeric NOT NULL,
    expected_sales double precision,
    sales_before numeric NOT NULL
);
CREATE TABLE c360.back_test_ranking (
    run_id bigint NOT NULL,
    rule text NOT NULL,
    customers bigint NOT NULL,
    auc double precision,
    lead double precision,
    lead_error double precision
);
CREATE TABLE c360_b1.brand_sales (
    brand text,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    units numeric,
    orders bigint,
    customers bigint,
    net_sales numeric
);
CREATE VIEW c360.brand_sales AS
 SELECT brand,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    units,
    orders,
    customers,
    net_sales
   FROM c360_b1.brand_sales;
CREATE TABLE c360_b1.campaign_results (
    campaign_id text,
    name text,
    channel text,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    cost numeric,
    sent bigint,
    opened bigint,
    clicked bigint,
    converted bigint
);
CREATE VIEW c360.campaign_results AS
 SELECT campaign_id,
    name,
    channel,
    started_at,
    ended_at,
    cost,
    sent,
    opened,
    clicked,
    converted
   FROM c360_b1.campaign_results;
CREATE TABLE c360_b1.category_brand_sales (
    category text,
    brand text,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    customer_products bigint,
    units numeric,
    net_sales numeric
);
CREATE VIEW c360.category_brand_sales AS
 SELECT category,
    brand,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    customer_products,
    units,
    net_sales
   FROM c360_b1.category_brand_sales;
CREATE TABLE c360_b1.category_sales (
    category text,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    units numeric,
    orders bigint,
    customers bigint,
    net_sales numeric
);
CREATE VIEW c360.category_sales AS
 SELECT category,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    units,
    orders,
    customers,
    net_sales
   FROM c360_b1.category_sales;
CREATE UNLOGGED TABLE c360.change_gap (
    reason text NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE UNLOGGED TABLE c360.changed_customer (
    customer_id text NOT NULL,
    relation text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE c360_b1.channel_sales (
    month date,
    channel text,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    is_complete boolean,
    orders bigint,
    customers bigint
);
CREATE VIEW c360.channel_sales AS
 SELECT month,
    channel,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    is_complete,
    orders,
    customers
   FROM c360_b1.channel_sales;
CREATE TABLE c360_b1.cohort_forecasts (
    cohort_month date,
    country text,
    acquisition_channel text,
    customers bigint,
    expected_active_customers numeric,
    expected_order_days numeric,
    expected_net_sales numeric
);
CREATE VIEW c360.cohort_forecasts AS
 SELECT cohort_month,
    country,
    acquisition_channel,
    customers,
    expected_active_customers,
    expected_order_days,
    expected_net_sales
   FROM c360_b1.cohort_forecasts;
CREATE TABLE c360_b1.cohorts (
    cohort_month date,
    months_after integer,
    country text,
    acquisition_channel text,
    is_complete boolean,
    customers bigint
);
CREATE VIEW c360.cohorts AS
 SELECT cohort_month,
    months_after,
    country,
    acquisition_channel,
    is_complete,
    customers
   FROM c360_b1.cohorts;
CREATE TABLE c360.column_meaning (
    column_name text NOT NULL,
    meaning text NOT NULL
);
CREATE TABLE c360_b1.customer_360 (
    customer_id text NOT NULL,
    first_name text,
    last_name text,
    email text,
    phone text,
    city text,
    region text,
    country text,
    birth_date date,
    age integer,
    gender text,
    signup_at timestamp with time zone,
    tenure_days integer,
    acquisition_channel text,
    marketing_consent boolean,
    orders bigint,
    order_days bigint,
    first_order_at timestamp with time zone,
    last_order_at timestamp with time zone,
    recency_days integer,
    units numeric,
    gross_sales numeric,
    discounts numeric,
    returns bigint,
    returned_amount numeric,
    lifetime_value numeric,
    average_order_value numeric,
    return_rate numeric,
    typical_gap_days double precision,
    orders_current_window bigint,
    orders_previous_window bigint,
    recent_order_days bigint,
    favourite_product_id text,
    favourite_product text,
    favourite_category text,
    favourite_brand text,
    tickets bigint,
    open_tickets bigint,
    last_ticket_at timestamp with time zone,
    ratings bigint,
    satisfied_ratings bigint,
    satisfaction_mean double precision,
    recent_ratings bigint,
    recent_low_ratings bigint,
    resolution_hours double precision,
    web_sessions bigint,
    recent_web_sessions bigint,
    web_events bigint,
    product_views bigint,
    cart_additions bigint,
    web_purchases bigint,
    last_visit_at timestamp with time zone,
    campaigns_received bigint,
    campaigns_opened bigint,
    campaigns_clicked bigint,
    campaigns_converted bigint,
    campaign_conversion_rate double precision,
    last_campaign_response_at timestamp with time zone,
    last_engaged_at timestamp with time zone,
    days_since_engaged integer,
    is_active boolean,
    value_segment text,
    recency_score integer,
    frequency_score integer,
    monetary_score integer,
    rfm_score text,
    rfm_segment text,
    expected_gap_days double precision,
    churn_recency_ratio double precision,
    churn_recency_part double precision,
    churn_frequency_part double precision,
    churn_service_part double precision,
    churn_engagement_part double precision,
    churn_risk_score double precision,
    churn_band text,
    probability_active double precision,
    expected_orders_90_days double precision,
    expected_orders_365_days double precision,
    expected_sales_90_days double precision,
    expected_sales_365_days double precision,
    predicted_lifetime_value double precision,
    forecast_reason text
);
CREATE VIEW c360.customer_360 AS
 SELECT customer_id,
    first_name,
    last_name,
    email,
    phone,
    city,
    region,
    country,
    birth_date,
    age,
    gender,
    signup_at,
    tenure_days,
    acquisition_channel,
    marketing_consent,
    orders,
    order_days,
    first_order_at,
    last_order_at,
    recency_days,
    units,
    gross_sales,
    discounts,
    returns,
    returned_amount,
    lifetime_value,
    average_order_value,
    return_rate,
    typical_gap_days,
    orders_current_window,
    orders_previous_window,
    recent_order_days,
    favourite_product_id,
    favourite_product,
    favourite_category,
    favourite_brand,
    tickets,
    open_tickets,
    last_ticket_at,
    ratings,
    satisfied_ratings,
    satisfaction_mean,
    recent_ratings,
    recent_low_ratings,
    resolution_hours,
    web_sessions,
    recent_web_sessions,
    web_events,
    product_views,
    cart_additions,
    web_purchases,
    last_visit_at,
    campaigns_received,
    campaigns_opened,
    campaigns_clicked,
    campaigns_converted,
    campaign_conversion_rate,
    last_campaign_response_at,
    last_engaged_at,
    days_since_engaged,
    is_active,
    value_segment,
    recency_score,
    frequency_score,
    monetary_score,
    rfm_score,
    rfm_segment,
    expected_gap_days,
    churn_recency_ratio,
    churn_recency_part,
    churn_frequency_part,
    churn_service_part,
    churn_engagement_part,
    churn_risk_score,
    churn_band,
    probability_active,
    expected_orders_90_days,
    expected_orders_365_days,
    expected_sales_90_days,
    expected_sales_365_days,
    predicted_lifetime_value,
    forecast_reason
   FROM c360_b1.customer_360;
CREATE TABLE c360_b1.customer_cells (
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    moment text,
    customers bigint,
    active_customers bigint,
    buyers bigint,
    repeat_buyers bigint,
    orders numeric,
    lifetime_value numeric,
    retained_customers bigint,
    retainable_customers bigint,
    tickets numeric,
    ratings numeric,
    satisfied_ratings numeric,
    rating_sum numeric,
    value_at_risk numeric,
    predicted_value numeric,
    predicted_value_at_risk numeric
);
CREATE VIEW c360.customer_cells AS
 SELECT value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    moment,
    customers,
    active_customers,
    buyers,
    repeat_buyers,
    orders,
    lifetime_value,
    retained_customers,
    retainable_customers,
    tickets,
    ratings,
    satisfied_ratings,
    rating_sum,
    value_at_risk,
    predicted_value,
    predicted_value_at_risk
   FROM c360_b1.customer_cells;
CREATE TABLE c360_b1.customer_engagement_profile (
    customer_id text NOT NULL,
    tickets bigint,
    open_tickets bigint,
    last_ticket_at timestamp with time zone,
    ratings bigint,
    satisfied_ratings bigint,
    rating_sum bigint,
    ratings_1 bigint,
    ratings_2 bigint,
    ratings_3 bigint,
    ratings_4 bigint,
    ratings_5 bigint,
    satisfaction_mean double precision,
    recent_ratings bigint,
    recent_low_ratings bigint,
    resolution_hours double precision,
    web_sessions bigint,
    recent_web_sessions bigint,
    web_events bigint,
    product_views bigint,
    cart_additions bigint,
    web_purchases bigint,
    last_visit_at timestamp with time zone,
    campaigns_received bigint,
    campaigns_opened bigint,
    campaigns_clicked bigint,
    campaigns_converted bigint,
    campaign_conversion_rate double precision,
    last_campaign_response_at timestamp with time zone,
    last_engaged_at timestamp with time zone,
    comparison_tickets bigint,
    comparison_ratings bigint,
    comparison_satisfied_ratings bigint,
    comparison_rating_sum bigint,
    comparison_recent_ratings bigint,
    comparison_recent_low_ratings bigint,
    comparison_last_engaged_at timestamp with time zone,
    days_since_engaged integer,
    comparison_days_since_engaged integer
);
CREATE VIEW c360.customer_engagement_profile AS
 SELECT customer_id,
    tickets,
    open_tickets,
    last_ticket_at,
    ratings,
    satisfied_ratings,
    rating_sum,
    ratings_1,
    ratings_2,
    ratings_3,
    ratings_4,
    ratings_5,
    satisfaction_mean,
    recent_ratings,
    recent_low_ratings,
    resolution_hours,
    web_sessions,
    recent_web_sessions,
    web_events,
    product_views,
    cart_additions,
    web_purchases,
    last_visit_at,
    campaigns_received,
    campaigns_opened,
    campaigns_clicked,
    campaigns_converted,
    campaign_conversion_rate,
    last_campaign_response_at,
    last_engaged_at,
    comparison_tickets,
    comparison_ratings,
    comparison_satisfied_ratings,
    comparison_rating_sum,
    comparison_recent_ratings,
    comparison_recent_low_ratings,
    comparison_last_engaged_at,
    days_since_engaged,
    comparison_days_since_engaged
   FROM c360_b1.customer_engagement_profile;
CREATE TABLE c360_b1.customer_facets (
    customer_id text NOT NULL,
    order_months date[],
    categories text[],
    brands text[],
    ratings integer[]
);
CREATE VIEW c360.customer_facets AS
 SELECT customer_id,
    order_months,
    categories,
    brands,
    ratings
   FROM c360_b1.customer_facets;
CREATE TABLE c360_b1.customer_purchase_profile (
    customer_id text NOT NULL,
    orders bigint,
    order_days bigint,
    first_order_at timestamp with time zone,
    last_order_at timestamp with time zone,
    orders_current_window bigint,
    orders_previous_window bigint,
    recent_order_days bigint,
    comparison_orders bigint,
    comparison_order_days bigint,
    comparison_recent_order_days bigint,
    comparison_last_order_at timestamp with time zone,
    comparison_orders_current_window bigint,
    comparison_orders_previous_window bigint,
    span_days integer,
    units numeric,
    gross_sales numeric,
    discounts numeric,
    returns bigint,
    returned_amount numeric,
    lifetime_value numeric,
    comparison_span_days integer,
    comparison_lifetime_value numeric,
    recency_days integer,
    comparison_recency_days integer,
    average_order_value numeric,
    return_rate numeric,
    typical_gap_days double precision,
    comparison_typical_gap_days double precision,
    favourite_product_id text,
    favourite_product text,
    favourite_category text,
    favourite_brand text
);
CREATE VIEW c360.customer_purchase_profile AS
 SELECT customer_id,
    orders,
    order_days,
    first_order_at,
    last_order_at,
    orders_current_window,
    orders_previous_window,
    recent_order_days,
    comparison_orders,
    comparison_order_days,
    comparison_recent_order_days,
    comparison_last_order_at,
    comparison_orders_current_window,
    comparison_orders_previous_window,
    span_days,
    units,
    gross_sales,
    discounts,
    returns,
    returned_amount,
    lifetime_value,
    comparison_span_days,
    comparison_lifetime_value,
    recency_days,
    comparison_recency_days,
    average_order_value,
    return_rate,
    typical_gap_days,
    comparison_typical_gap_days,
    favourite_product_id,
    favourite_product,
    favourite_category,
    favourite_brand
   FROM c360_b1.customer_purchase_profile;
CREATE TABLE c360_b1.customer_words (
    customer_id text NOT NULL,
    id_words text,
    words text
);
CREATE VIEW c360.customer_words AS
 SELECT customer_id,
    id_words,
    words
   FROM c360_b1.customer_words;
CREATE TABLE c360.excluded_customer (
    customer_id text NOT NULL,
    reason text NOT NULL,
    excluded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT excluded_customer_reason_check CHECK ((reason = ANY (ARRAY['erased'::text, 'test'::text])))
);
CREATE TABLE c360_b1.exclusions (
    relation text,
    reason text,
    treatment text,
    rows bigint
);
CREATE VIEW c360.exclusions AS
 SELECT relation,
    reason,
    treatment,
    rows
   FROM c360_b1.exclusions;
CREATE TABLE c360_b1.forecast_model (
    customers bigint,
    regular_customers bigint,
    history_days integer,
    chances_at_first integer,
    fitted_customers bigint,
    r double precision,
    alpha double precision,
    a double precision,
    b double precision,
    purchase_log_likelihood double precision,
    purchase_steps integer,
    purchase_reason text,
    p double precision,
    q double precision,
    gamma double precision,
    value_log_likelihood double precision,
    value_steps integer,
    value_reason text
);
CREATE VIEW c360.forecast_model AS
 SELECT customers,
    regular_customers,
    history_days,
    chances_at_first,
    fitted_customers,
    r,
    alpha,
    a,
    b,
    purchase_log_likelihood,
    purchase_steps,
    purchase_reason,
    p,
    q,
    gamma,
    value_log_likelihood,
    value_steps,
    value_reason
   FROM c360_b1.forecast_model;
CREATE TABLE c360.installation (
    is_single boolean DEFAULT true NOT NULL,
    signature text NOT NULL,
    installed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_is_single_check CHECK (is_single)
);
CREATE VIEW c360.last_back_test AS
 SELECT run_id,
    as_of,
    until,
    days,
    customers,
    returned
   FROM c360.back_test
  ORDER BY run_id DESC
 LIMIT 1;
CREATE VIEW c360.last_back_test_deciles AS
 SELECT deciles.rule,
    deciles.decile,
    deciles.customers,
    ((1)::double precision - (deciles.expected_returned / (deciles.customers)::double precision)) AS foretold_share,
    (((deciles.customers - deciles.returned))::double precision / (deciles.customers)::double precision) AS not_returned_share,
    (((((deciles.customers - deciles.returned))::double precision / (deciles.customers)::double precision) * (last_back_test.customers)::double precision) / (NULLIF((last_back_test.customers - last_back_test.returned), 0))::double precision) AS risk_lift,
    deciles.expected_order_days AS order_days_foretold,
    deciles.order_days,
    last_back_test.days
   FROM (c360.last_back_test
     JOIN c360.back_test_decile deciles ON ((last_back_test.run_id = deciles.run_id)));
CREATE VIEW c360.last_back_test_groups AS
 SELECT groups."grouping",
    groups.name AS group_name,
    groups.customers,
    (((groups.customers - groups.returned))::double precision / (groups.customers)::double precision) AS not_returned_share,
    groups.expected_order_days AS order_days_foretold,
    groups.order_days,
    groups.order_days_before,
    round((groups.expected_sales)::numeric, 2) AS sales_foretold,
    round(groups.sales, 2) AS sales,
    round(groups.sales_before, 2) AS sales_before,
    last_back_test.days
   FROM (c360.last_back_test
     JOIN c360.back_test_group groups ON ((last_back_test.run_id = groups.run_id)));
CREATE VIEW c360.last_back_test_ranking AS
 SELECT ranking.rule,
    ranking.auc,
    ranking.lead,
    ranking.lead_error,
    last_back_test.as_of,
    last_back_test.until,
    last_back_test.days,
    last_back_test.customers,
    last_back_test.returned
   FROM (c360.last_back_test
     JOIN c360.back_test_ranking ranking ON ((last_back_test.run_id = ranking.run_id)));
CREATE TABLE c360.publication (
    is_single boolean DEFAULT true NOT NULL,
    run_id bigint NOT NULL,
    published_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT publication_is_single_check CHECK (is_single)
);
CREATE VIEW c360.last_failure AS
 SELECT run_id,
    started_at,
    state,
    error
   FROM c360.run_history
  WHERE ((state = ANY (ARRAY['failed'::text, 'lost'::text, 'rejected'::text, 'held'::text])) AND (kind <> 'backtest'::text) AND (run_id > COALESCE(( SELECT publication.run_id
           FROM c360.publication), (0)::bigint)))
  ORDER BY run_id DESC
 LIMIT 1;
CREATE TABLE c360.login_attempt (
    name text NOT NULL,
    address text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
CREATE TABLE c360_b1.monthly_sales (
    month date,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    is_complete boolean,
    orders bigint,
    customers bigint,
    new_customers bigint,
    units numeric,
    gross_sales numeric,
    discounts numeric,
    returned_amount numeric,
    net_sales numeric
);
CREATE VIEW c360.monthly_sales AS
 SELECT month,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    is_complete,
    orders,
    customers,
    new_customers,
    units,
    gross_sales,
    discounts,
    returned_amount,
    net_sales
   FROM c360_b1.monthly_sales;
CREATE TABLE c360_b1.product_sales (
    product_id text,
    name text,
    category text,
    brand text,
    units numeric,
    orders bigint,
    customers bigint,
    net_sales numeric
);
CREATE VIEW c360.product_sales AS
 SELECT product_id,
    name,
    category,
    brand,
    units,
    orders,
    customers,
    net_sales
   FROM c360_b1.product_sales;
CREATE TABLE c360.run_stage (
    run_id bigint NOT NULL,
    "position" integer NOT NULL,
    stage text NOT NULL,
    rows bigint NOT NULL,
    seconds double precision NOT NULL
);
CREATE VIEW c360.progress AS
 WITH running AS (
         SELECT run_history.run_id,
            run_history.kind,
            run_history.started_at,
            run_history.trigger,
            run_history.requested_by,
            (split_part(run_history.application_name, ' '::text, 3))::integer AS "position",
            split_part(run_history.application_name, ' '::text, 4) AS stage,
            (NULLIF(split_part(run_history.application_name, ' '::text, 5), ''::text))::bigint AS rows_so_far
           FROM c360.run_history
          WHERE ((run_history.state = 'running'::text) AND (run_history.application_name ~ '^c360 #\d+ \d+ \S+'::text))
        ), last_run AS (
         SELECT max(run.run_id) AS run_id
           FROM c360.run
          WHERE ((run.state = ANY (ARRAY['published'::text, 'replaced'::text, 'held'::text, 'tested'::text])) AND (run.kind = ( SELECT running_1.kind
                   FROM running running_1)))
        ), weights AS (
         SELECT stage."position",
            stage.name,
            COALESCE(run_stage.seconds, (1)::double precision) AS seconds
           FROM (c360.stages_of(( SELECT running_1.kind
                   FROM running running_1)) stage("position", name, is_working, grain, indexes, meaning, body, is_kept, reads, way, added_columns, anew_columns, steady_table, split)
             LEFT JOIN c360.run_stage ON (((stage.name = run_stage.stage) AND (run_stage.run_id = ( SELECT last_run.run_id
                   FROM last_run)))))
        )
 SELECT running.run_id,
    running.started_at,
    running.stage,
    count(*) FILTER (WHERE (weights."position" < running."position")) AS stages_done,
    count(*) AS stages,
    (COALESCE(sum(weights.seconds) FILTER (WHERE (weights."position" < running."position")), (0)::double precision) / NULLIF(sum(weights.seconds), (0)::double precision)) AS share_done,
    COALESCE(sum(weights.seconds) FILTER (WHERE (weights."position" >= running."position")), (0)::double precision) AS seconds_left,
    COALESCE(running.rows_so_far, (0)::bigint) AS rows_so_far,
    running.trigger,
    running.requested_by,
    (running.stage <> 'publishing'::text) AS can_be_cancelled
   FROM (running
     CROSS JOIN weights)
  GROUP BY running.run_id, running.started_at, running.stage, running."position", running.rows_so_far, running.trigger, running.requested_by;
CREATE VIEW c360.published_build AS
 SELECT run.run_id AS build_id,
    run.as_of,
    run.ended_at AS built_at,
    run.data_to,
    publication.published_at,
    c360.setting_value('currency'::text) AS currency,
    c360.setting_value('timezone'::text) AS timezone
   FROM (c360.publication
     JOIN c360.run ON ((publication.run_id = run.run_id)));
CREATE TABLE c360.rfm_cell_name (
    recency_score integer NOT NULL,
    frequency_score integer NOT NULL,
    rfm_segment text NOT NULL
);
CREATE TABLE c360_b1.rfm_cells (
    recency_score integer,
    frequency_score integer,
    monetary_score integer,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    customers bigint,
    lifetime_value numeric,
    orders numeric
);
CREATE VIEW c360.rfm_cells AS
 SELECT recency_score,
    frequency_score,
    monetary_score,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    customers,
    lifetime_value,
    orders
   FROM c360_b1.rfm_cells;
CREATE TABLE c360.run_check (
    run_id bigint NOT NULL,
    name text NOT NULL,
    severity text NOT NULL,
    observed numeric,
    expected numeric,
    passed boolean NOT NULL,
    sentence text NOT NULL,
    CONSTRAINT run_check_severity_check CHECK ((severity = ANY (ARRAY['stop'::text, 'hold'::text])))
);
CREATE TABLE c360.run_exclusion (
    run_id bigint NOT NULL,
    relation text NOT NULL,
    reason text NOT NULL,
    treatment text NOT NULL,
    rows bigint NOT NULL
);
ALTER TABLE c360.run ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME c360.run_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE c360.run_summary (
    run_id bigint NOT NULL,
    customers bigint NOT NULL,
    lifetime_value numeric NOT NULL,
    high_share numeric NOT NULL,
    medium_share numeric NOT NULL,
    low_share numeric NOT NULL
);
CREATE TABLE c360_b1.satisfaction (
    score integer,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    ratings bigint,
    customers bigint
);
CREATE VIEW c360.satisfaction AS
 SELECT score,
    value_segment,
    rfm_segment,
    churn_band,
    country,
    acquisition_channel,
    ratings,
    customers
   FROM c360_b1.satisfaction;
CREATE TABLE c360_b1.score_cutoffs (
    measure text,
    score integer,
    from_value numeric
);
CREATE VIEW c360.score_cutoffs AS
 SELECT measure,
    score,
    from_value
   FROM c360_b1.score_cutoffs;
CREATE TABLE c360_b1.settings (
    active_days numeric,
    affinity_minimum_orders numeric,
    affinity_products numeric,
    build_ranges numeric,
    build_work_mem_mb numeric,
    builds_kept numeric,
    churn_engagement_half_days numeric,
    churn_frequency_half numeric,
    churn_frequency_window_days numeric,
    churn_high_above numeric,
    churn_medium_from numeric,
    churn_recency_half numeric,
    churn_weight_engagement numeric,
    churn_weight_frequency numeric,
    churn_weight_recency numeric,
    churn_weight_service numeric,
    comparison_days numeric,
    csat_minimum_n numeric,
    currency text,
    default_gap_days numeric,
    drift_customers_limit numeric,
    drift_segment_limit numeric,
    drift_value_limit numeric,
    engagement_window_days numeric,
    forecast_discount_rate numeric,
    forecast_fit_customers numeric,
    forecast_minimum_customers numeric,
    forecast_minimum_days numeric,
    forecast_minimum_regulars numeric,
    forecast_model text,
    forecast_years numeric,
    gap_shrinkage numeric,
    high_value_amount numeric,
    high_value_share numeric,
    historical_after_days numeric,
    incremental_limit numeric,
    medium_value_amount numeric,
    medium_value_share numeric,
    retention_window_months numeric,
    service_window_days numeric,
    timezone text,
    value_cutoff_kind text,
    as_of timestamp with time zone,
    comparison_as_of timestamp with time zone
);
CREATE VIEW c360.settings AS
 SELECT active_days,
    affinity_minimum_orders,
    affinity_products,
    build_ranges,
    build_work_mem_mb,
    builds_kept,
    churn_engagement_half_days,
    churn_frequency_half,
    churn_frequency_window_days,
    churn_high_above,
    churn_medium_from,
    churn_recency_half,
    churn_weight_engagement,
    churn_weight_frequency,
    churn_weight_recency,
    churn_weight_service,
    comparison_days,
    csat_minimum_n,
    currency,
    default_gap_days,
    drift_customers_limit,
    drift_segment_limit,
    drift_value_limit,
    engagement_window_days,
    forecast_discount_rate,
    forecast_fit_customers,
    forecast_minimum_customers,
    forecast_minimum_days,
    forecast_minimum_regulars,
    forecast_model,
    forecast_years,
    gap_shrinkage,
    high_value_amount,
    high_value_share,
    historical_after_days,
    incremental_limit,
    medium_value_amount,
    medium_value_share,
    retention_window_months,
    service_window_days,
    timezone,
    value_cutoff_kind,
    as_of,
    comparison_as_of
   FROM c360_b1.settings;
CREATE TABLE c360.tracked_table (
    relation text NOT NULL,
    base_table text NOT NULL
);
CREATE TABLE source.campaign_responses (
    campaign_id text NOT NULL,
    customer_id text NOT NULL,
    sent_at timestamp with time zone,
    opened_at timestamp with time zone,
    clicked_at timestamp with time zone,
    converted_at timestamp with time zone
);
CREATE VIEW c360_in.every_campaign_response AS
 SELECT campaign_id,
    customer_id,
    sent_at,
    opened_at,
    clicked_at,
    converted_at
   FROM source.campaign_responses;
CREATE VIEW c360_in.campaign_responses AS
 SELECT campaign_id,
    customer_id,
    sent_at,
        CASE
            WHEN (opened_at <= ( SELECT c360.as_of() AS as_of)) THEN opened_at
            ELSE NULL::timestamp with time zone
        END AS opened_at,
        CASE
            WHEN (clicked_at <= ( SELECT c360.as_of() AS as_of)) THEN clicked_at
            ELSE NULL::timestamp with time zone
        END AS clicked_at,
        CASE
            WHEN (converted_at <= ( SELECT c360.as_of() AS as_of)) THEN converted_at
            ELSE NULL::timestamp with time zone
        END AS converted_at
   FROM c360_in.every_campaign_response
  WHERE ((customer_id IS NOT NULL) AND ((sent_at IS NULL) OR (sent_at <= ( SELECT c360.as_of() AS as_of))));
CREATE TABLE source.campaigns (
    campaign_id text NOT NULL,
    name text,
    channel text,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    cost numeric
);
CREATE VIEW c360_in.campaigns AS
 SELECT campaign_id,
    name,
    channel,
    started_at,
    ended_at,
    cost
   FROM source.campaigns;
CREATE TABLE source.customers (
    customer_id text NOT NULL,
    first_name text,
    last_name text,
    email text,
    phone text,
    city text,
    region text,
    country text,
    birth_date date,
    gender text,
    signup_at timestamp with time zone,
    acquisition_channel text,
    marketing_consent boolean
);
CREATE VIEW c360_in.every_customer AS
 SELECT customer_id,
    first_name,
    last_name,
    email,
    phone,
    city,
    region,
    country,
    birth_date,
    gender,
    signup_at,
    acquisition_channel,
    marketing_consent
   FROM source.customers;
CREATE TABLE source.orders (
    order_id text NOT NULL,
    customer_id text,
    ordered_at timestamp with time zone,
    status text,
    channel text,
    currency text
);
CREATE VIEW c360_in.every_order AS
 SELECT order_id,
    customer_id,
    ordered_at,
    status,
    channel,
    currency
   FROM source.orders;
CREATE VIEW c360_in.customers AS
 SELECT customer_id,
    first_name,
    last_name,
    email,
    phone,
    city,
    region,
    country,
    birth_date,
    gender,
        CASE
            WHEN (signup_at <= ( SELECT c360.as_of() AS as_of)) THEN signup_at
            ELSE NULL::timestamp with time zone
        END AS signup_at,
    acquisition_channel,
    marketing_consent
   FROM c360_in.every_customer customers
  WHERE ((customer_id IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM c360.excluded_customer
          WHERE (excluded_customer.customer_id = customers.customer_id)))) AND ((signup_at IS NULL) OR (signup_at <= ( SELECT c360.as_of() AS as_of)) OR (EXISTS ( SELECT
           FROM c360_in.every_order orders
          WHERE ((orders.customer_id = customers.customer_id) AND (orders.status = 'completed'::text) AND (orders.ordered_at <= ( SELECT c360.as_of() AS as_of)) AND ((orders.currency IS NULL) OR (orders.currency = ( SELECT c360.setting_value('currency'::text) AS setting_value))))))));
CREATE TABLE source.order_items (
    order_id text NOT NULL,
    line_no integer NOT NULL,
    customer_id text,
    product_id text,
    quantity numeric,
    unit_price numeric,
    discount numeric DEFAULT 0
);
CREATE VIEW c360_in.every_order_item AS
 SELECT order_id,
    line_no,
    customer_id,
    product_id,
    quantity,
    unit_price,
    discount
   FROM source.order_items;
CREATE TABLE source.returns (
    return_id text NOT NULL,
    customer_id text,
    order_id text,
    product_id text,
    returned_at timestamp with time zone,
    amount numeric
);
CREATE VIEW c360_in.every_return AS
 SELECT return_id,
    customer_id,
    order_id,
    product_id,
    returned_at,
    amount
   FROM source.returns;
CREATE TABLE source.service_tickets (
    ticket_id text NOT NULL,
    customer_id text,
    opened_at timestamp with time zone,
    closed_at timestamp with time zone,
    channel text,
    category text,
    priority text,
    satisfaction integer
);
CREATE VIEW c360_in.every_service_ticket AS
 SELECT ticket_id,
    customer_id,
    opened_at,
    closed_at,
    channel,
    category,
    priority,
    satisfaction
   FROM source.service_tickets;
CREATE TABLE source.web_events (
    event_id text NOT NULL,
    customer_id text,
    session_id text,
    occurred_at timestamp with time zone,
    event_type text,
    page text,
    product_id text
);
CREATE VIEW c360_in.every_web_event AS
 SELECT event_id,
    customer_id,
    session_id,
    occurred_at,
    event_type,
    page,
    product_id
   FROM source.web_events;
CREATE VIEW c360_in.order_items AS
 SELECT order_id,
    line_no,
    customer_id,
    product_id,
    quantity,
    unit_price,
    COALESCE(discount, (0)::numeric) AS discount
   FROM c360_in.every_order_item
  WHERE ((quantity >= (0)::numeric) AND (quantity < 'Infinity'::numeric) AND (unit_price >= (0)::numeric) AND (unit_price < 'Infinity'::numeric) AND ((discount IS NULL) OR ((discount >= (0)::numeric) AND (discount < 'Infinity'::numeric))));
CREATE VIEW c360_in.order_of_row AS
 SELECT order_id,
    customer_id,
    ordered_at,
    status,
    channel,
    currency,
    true AS is_in_question
   FROM source.orders;
CREATE VIEW c360_in.orders AS
 SELECT order_id,
    customer_id,
    ordered_at,
    channel
   FROM c360_in.every_order
  WHERE ((status = 'completed'::text) AND (customer_id IS NOT NULL) AND (ordered_at <= ( SELECT c360.as_of() AS as_of)) AND ((currency IS NULL) OR (currency = ( SELECT c360.setting_value('currency'::text) AS setting_value))));
CREATE TABLE source.products (
    product_id text NOT NULL,
    name text,
    category text,
    brand text
);
CREATE VIEW c360_in.products AS
 SELECT product_id,
    name,
    category,
    brand
   FROM source.products;
CREATE VIEW c360_in.returns AS
 SELECT return_id,
    customer_id,
    order_id,
    product_id,
    returned_at,
    amount
   FROM c360_in.every_return
  WHERE ((customer_id IS NOT NULL) AND (amount > (0)::numeric) AND (amount < 'Infinity'::numeric) AND (returned_at <= ( SELECT c360.as_of() AS as_of)));
CREATE VIEW c360_in.service_tickets AS
 SELECT ticket_id,
    customer_id,
    opened_at,
        CASE
            WHEN (closed_at <= ( SELECT c360.as_of() AS as_of)) THEN closed_at
            ELSE NULL::timestamp with time zone
        END AS closed_at,
        CASE
            WHEN (((satisfaction >= 1) AND (satisfaction <= 5)) AND (COALESCE(closed_at, opened_at) <= ( SELECT c360.as_of() AS as_of))) THEN satisfaction
            ELSE NULL::integer
        END AS satisfaction
   FROM c360_in.every_service_ticket
  WHERE ((customer_id IS NOT NULL) AND (opened_at <= ( SELECT c360.as_of() AS as_of)));
CREATE VIEW c360_in.web_events AS
 SELECT event_id,
    customer_id,
    session_id,
    occurred_at,
    event_type,
    product_id
   FROM c360_in.every_web_event
  WHERE ((customer_id IS NOT NULL) AND (occurred_at <= ( SELECT c360.as_of() AS as_of)));
CREATE UNLOGGED TABLE c360_kept.campaign_response (
    customer_id text NOT NULL,
    campaigns_received bigint,
    campaigns_opened bigint,
    campaigns_clicked bigint,
    campaigns_converted bigint,
    last_campaign_response_at timestamp with time zone,
    comparison_last_campaign_response_at timestamp with time zone
);
CREATE UNLOGGED TABLE c360_kept.counted_orders (
    order_id text,
    customer_id text,
    ordered_at timestamp with time zone,
    ordered_on date,
    month date,
    channel text
);
CREATE UNLOGGED TABLE c360_kept.counted_responses (
    campaign_id text,
    customer_id text,
    sent_at timestamp with time zone,
    opened_at timestamp with time zone,
    clicked_at timestamp with time zone,
    converted_at timestamp with time zone
);
CREATE UNLOGGED TABLE c360_kept.counted_returns (
    return_id text,
    customer_id text,
    returned_at timestamp with time zone,
    month date,
    amount numeric
);
CREATE UNLOGGED TABLE c360_kept.customer_dimensions (
    customer_id text NOT NULL,
    value_segment text,
    rfm_segment text,
    churn_band text,
    country text,
    acquisition_channel text,
    first_order_at timestamp with time zone,
    cell bigint
);
CREATE UNLOGGED TABLE c360_kept.favourites (
    customer_id text NOT NULL,
    favourite_product_id text,
    favourite_product text,
    favourite_category text,
    favourite_brand text,
    categories text[],
    brands text[]
);
CREATE UNLOGGED TABLE c360_kept.fingerprints (
    relation text,
    customer_id text,
    rows bigint,
    hash numeric
);
CREATE UNLOGGED TABLE c360_kept.known_products (
    product_id text,
    name text,
    category text,
    brand text
);
CREATE UNLOGGED TABLE c360_kept.moments (
    as_of timestamp with time zone,
    comparison_as_of timestamp with time zone,
    current_from timestamp with time zone,
    previous_from timestamp with time zone,
    comparison_current_from timestamp with time zone,
    comparison_previous_from timestamp with time zone,
    frequency_from timestamp with time zone,
    comparison_frequency_from timestamp with time zone,
    service_from timestamp with time zone,
    comparison_service_from timestamp with time zone,
    engagement_from timestamp with time zone
);
CREATE UNLOGGED TABLE c360_kept.order_months (
    customer_id text NOT NULL,
    order_months date[]
);
CREATE UNLOGGED TABLE c360_kept.product_pairs (
    product_a text,
    product_b text,
    orders_both bigint
);
CREATE UNLOGGED TABLE c360_kept.purchase_statistics (
    customer_id text NOT NULL,
    orders bigint,
    order_days bigint,
    first_order_at timestamp with time zone,
    last_order_at timestamp with time zone,
    orders_current_window bigint,
    orders_previous_window bigint,
    recent_order_days bigint,
    comparison_orders bigint,
    comparison_order_days bigint,
    comparison_recent_order_days bigint,
    comparison_last_order_at timestamp with time zone,
    comparison_orders_current_window bigint,
    comparison_orders_previous_window bigint,
    span_days integer,
    units numeric,
    gross_sales numeric,
    discounts numeric,
    returns bigint,
    returned_amount numeric,
    lifetime_value numeric,
    comparison_span_days integer,
    comparison_lifetime_value numeric
);
CREATE UNLOGGED TABLE c360_kept.sales_lines (
    customer_id text,
    order_id text,
    line_no integer,
    ordered_at timestamp with time zone,
    month date,
    product_id text,
    category text,
    brand text,
    units numeric,
    gross_sales numeric,
    discounts numeric
);
CREATE UNLOGGED TABLE c360_kept.service (
    customer_id text NOT NULL,
    tickets bigint,
    open_tickets bigint,
    last_ticket_at timestamp with time zone,
    ratings bigint,
    satisfied_ratings bigint,
    rating_sum bigint,
    ratings_1 bigint,
    ratings_2 bigint,
    ratings_3 bigint,
    ratings_4 bigint,
    ratings_5 bigint,
    recent_ratings bigint,
    recent_low_ratings bigint,
    resolution_hours double precision,
    comparison_tickets bigint,
    comparison_ratings bigint,
    comparison_satisfied_ratings bigint,
    comparison_rating_sum bigint,
    comparison_recent_ratings bigint,
    comparison_recent_low_ratings bigint
);
CREATE UNLOGGED TABLE c360_kept.sold_products (
    product_id text,
    units numeric,
    orders bigint,
    customers bigint,
    net_sales numeric
);
CREATE UNLOGGED TABLE c360_kept.source_rows (
    customer_id text,
    relation text,
    reason text,
    order_id text,
    found text,
    rows bigint,
    amount numeric
);
CREATE UNLOGGED TABLE c360_kept.state (
    is_single boolean DEFAULT true NOT NULL,
    run_id bigint NOT NULL,
    watched jsonb NOT NULL,
    CONSTRAINT state_is_single_check CHECK (is_single)
);
CREATE UNLOGGED TABLE c360_kept.top_products (
    product_id text
);
CREATE UNLOGGED TABLE c360_kept.web_behaviour (
    customer_id text NOT NULL,
    web_sessions bigint,
    recent_web_sessions bigint,
    web_events bigint,
    product_views bigint,
    cart_additions bigint,
    web_purchases bigint,
    last_visit_at timestamp with time zone,
    comparison_last_visit_at timestamp with time zone
);
CREATE UNLOGGED TABLE c360_touched.customer (
    customer_id text NOT NULL
);
CREATE VIEW c360_touched.every_campaign_response AS
 SELECT campaign_responses.campaign_id,
    campaign_responses.customer_id,
    campaign_responses.sent_at,
    campaign_responses.opened_at,
    campaign_responses.clicked_at,
    campaign_responses.converted_at
   FROM (c360_touched.customer
     JOIN source.campaign_responses ON ((customer.customer_id = campaign_responses.customer_id)))
UNION ALL
 SELECT campaign_responses.campaign_id,
    campaign_responses.customer_id,
    campaign_responses.sent_at,
    campaign_responses.opened_at,
    campaign_responses.clicked_at,
    campaign_responses.converted_at
   FROM source.campaign_responses
  WHERE (campaign_responses.customer_id IS NULL);
CREATE VIEW c360_touched.campaign_responses AS
 SELECT campaign_id,
    customer_id,
    sent_at,
        CASE
            WHEN (opened_at <= ( SELECT c360.as_of() AS as_of)) THEN opened_at
            ELSE NULL::timestamp with time zone
        END AS opened_at,
        CASE
            WHEN (clicked_at <= ( SELECT c360.as_of() AS as_of)) THEN clicked_at
            ELSE NULL::timestamp with time zone
        END AS clicked_at,
        CASE
            WHEN (converted_at <= ( SELECT c360.as_of() AS as_of)) THEN converted_at
            ELSE NULL::timestamp with time zone
        END AS converted_at
   FROM c360_touched.every_campaign_response
  WHERE ((customer_id IS NOT NULL) AND ((sent_at IS NULL) OR (sent_at <= ( SELECT c360.as_of() AS as_of))));
CREATE VIEW c360_touched.campaigns AS
 SELECT campaign_id,
    name,
    channel,
    started_at,
    ended_at,
    cost
   FROM source.campaigns;
CREATE VIEW c360_touched.every_customer AS
 SELECT customers.customer_id,
    customers.first_name,
    customers.last_name,
    customers.email,
    customers.phone,
    customers.city,
    customers.region,
    customers.country,
    customers.birth_date,
    customers.gender,
    customers.signup_at,
    customers.acquisition_channel,
    customers.marketing_consent
   FROM (c360_touched.customer
     JOIN source.customers ON ((customer.customer_id = customers.customer_id)))
UNION ALL
 SELECT customers.customer_id,
    customers.first_name,
    customers.last_name,
    customers.email,
    customers.phone,
    customers.city,
    customers.region,
    customers.country,
    customers.birth_date,
    customers.gender,
    customers.signup_at,
    customers.acquisition_channel,
    customers.marketing_consent
   FROM source.customers
  WHERE (customers.customer_id IS NULL);
CREATE VIEW c360_touched.every_order AS
 SELECT orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.status,
    orders.channel,
    orders.currency
   FROM (c360_touched.customer
     JOIN source.orders ON ((customer.customer_id = orders.customer_id)))
UNION ALL
 SELECT orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.status,
    orders.channel,
    orders.currency
   FROM source.orders
  WHERE (orders.customer_id IS NULL);
CREATE VIEW c360_touched.customers AS
 SELECT customer_id,
    first_name,
    last_name,
    email,
    phone,
    city,
    region,
    country,
    birth_date,
    gender,
        CASE
            WHEN (signup_at <= ( SELECT c360.as_of() AS as_of)) THEN signup_at
            ELSE NULL::timestamp with time zone
        END AS signup_at,
    acquisition_channel,
    marketing_consent
   FROM c360_touched.every_customer customers
  WHERE ((customer_id IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM c360.excluded_customer
          WHERE (excluded_customer.customer_id = customers.customer_id)))) AND ((signup_at IS NULL) OR (signup_at <= ( SELECT c360.as_of() AS as_of)) OR (EXISTS ( SELECT
           FROM c360_touched.every_order orders
          WHERE ((orders.customer_id = customers.customer_id) AND (orders.status = 'completed'::text) AND (orders.ordered_at <= ( SELECT c360.as_of() AS as_of)) AND ((orders.currency IS NULL) OR (orders.currency = ( SELECT c360.setting_value('currency'::text) AS setting_value))))))));
CREATE VIEW c360_touched.every_order_item AS
 SELECT order_items.order_id,
    order_items.line_no,
    order_items.customer_id,
    order_items.product_id,
    order_items.quantity,
    order_items.unit_price,
    order_items.discount
   FROM (c360_touched.customer
     JOIN source.order_items ON ((customer.customer_id = order_items.customer_id)))
UNION ALL
 SELECT order_items.order_id,
    order_items.line_no,
    order_items.customer_id,
    order_items.product_id,
    order_items.quantity,
    order_items.unit_price,
    order_items.discount
   FROM source.order_items
  WHERE (order_items.customer_id IS NULL);
CREATE VIEW c360_touched.every_return AS
 SELECT returns.return_id,
    returns.customer_id,
    returns.order_id,
    returns.product_id,
    returns.returned_at,
    returns.amount
   FROM (c360_touched.customer
     JOIN source.returns ON ((customer.customer_id = returns.customer_id)))
UNION ALL
 SELECT returns.return_id,
    returns.customer_id,
    returns.order_id,
    returns.product_id,
    returns.returned_at,
    returns.amount
   FROM source.returns
  WHERE (returns.customer_id IS NULL);
CREATE VIEW c360_touched.every_service_ticket AS
 SELECT service_tickets.ticket_id,
    service_tickets.customer_id,
    service_tickets.opened_at,
    service_tickets.closed_at,
    service_tickets.channel,
    service_tickets.category,
    service_tickets.priority,
    service_tickets.satisfaction
   FROM (c360_touched.customer
     JOIN source.service_tickets ON ((customer.customer_id = service_tickets.customer_id)))
UNION ALL
 SELECT service_tickets.ticket_id,
    service_tickets.customer_id,
    service_tickets.opened_at,
    service_tickets.closed_at,
    service_tickets.channel,
    service_tickets.category,
    service_tickets.priority,
    service_tickets.satisfaction
   FROM source.service_tickets
  WHERE (service_tickets.customer_id IS NULL);
CREATE VIEW c360_touched.every_web_event AS
 SELECT web_events.event_id,
    web_events.customer_id,
    web_events.session_id,
    web_events.occurred_at,
    web_events.event_type,
    web_events.page,
    web_events.product_id
   FROM (c360_touched.customer
     JOIN source.web_events ON ((customer.customer_id = web_events.customer_id)))
UNION ALL
 SELECT web_events.event_id,
    web_events.customer_id,
    web_events.session_id,
    web_events.occurred_at,
    web_events.event_type,
    web_events.page,
    web_events.product_id
   FROM source.web_events
  WHERE (web_events.customer_id IS NULL);
CREATE VIEW c360_touched.order_items AS
 SELECT order_id,
    line_no,
    customer_id,
    product_id,
    quantity,
    unit_price,
    COALESCE(discount, (0)::numeric) AS discount
   FROM c360_touched.every_order_item
  WHERE ((quantity >= (0)::numeric) AND (quantity < 'Infinity'::numeric) AND (unit_price >= (0)::numeric) AND (unit_price < 'Infinity'::numeric) AND ((discount IS NULL) OR ((discount >= (0)::numeric) AND (discount < 'Infinity'::numeric))));
CREATE VIEW c360_touched.order_of_row AS
 WITH mentioned AS (
         SELECT every_order.order_id
           FROM c360_touched.every_order
        UNION
         SELECT every_order_item.order_id
           FROM c360_touched.every_order_item
        UNION
         SELECT every_return.order_id
           FROM c360_touched.every_return
        )
 SELECT orders.order_id,
    orders.customer_id,
    orders.ordered_at,
    orders.status,
    orders.channel,
    orders.currency,
    ((orders.customer_id IS NULL) OR (customer.customer_id IS NOT NULL)) AS is_in_question
   FROM ((mentioned
     JOIN source.orders ON ((mentioned.order_id = orders.order_id)))
     LEFT JOIN c360_touched.customer ON ((orders.customer_id = customer.customer_id)));
CREATE VIEW c360_touched.orders AS
 SELECT order_id,
    customer_id,
    ordered_at,
    channel
   FROM c360_touched.every_order
  WHERE ((status = 'completed'::text) AND (customer_id IS NOT NULL) AND (ordered_at <= ( SELECT c360.as_of() AS as_of)) AND ((currency IS NULL) OR (currency = ( SELECT c360.setting_value('currency'::text) AS setting_value))));
CREATE VIEW c360_touched.products AS
 SELECT product_id,
    name,
    category,
    brand
   FROM source.products;
CREATE VIEW c360_touched.returns AS
 SELECT return_id,
    customer_id,
    order_id,
    product_id,
    returned_at,
    amount
   FROM c360_touched.every_return
  WHERE ((customer_id IS NOT NULL) AND (amount > (0)::numeric) AND (amount < 'Infinity'::numeric) AND (returned_at <= ( SELECT c360.as_of() AS as_of)));
CREATE VIEW c360_touched.service_tickets AS
 SELECT ticket_id,
    customer_id,
    opened_at,
        CASE
            WHEN (closed_at <= ( SELECT c360.as_of() AS as_of)) THEN closed_at
            ELSE NULL::timestamp with time zone
        END AS closed_at,
        CASE
            WHEN (((satisfaction >= 1) AND (satisfaction <= 5)) AND (COALESCE(closed_at, opened_at) <= ( SELECT c360.as_of() AS as_of))) THEN satisfaction
            ELSE NULL::integer
        END AS satisfaction
   FROM c360_touched.every_service_ticket
  WHERE ((customer_id IS NOT NULL) AND (opened_at <= ( SELECT c360.as_of() AS as_of)));
CREATE VIEW c360_touched.web_events AS
 SELECT event_id,
    customer_id,
    session_id,
    occurred_at,
    event_type,
    product_id
   FROM c360_touched.every_web_event
  WHERE ((customer_id IS NOT NULL) AND (occurred_at <= ( SELECT c360.as_of() AS as_of)));
INSERT INTO c360.api_token OVERRIDING SYSTEM VALUE VALUES (1, 'crm', 'viewer', 'a hash', 'ann', '2026-11-25 19:22:42.335625+00', NULL, NULL);
INSERT INTO c360.audit OVERRIDING SYSTEM VALUE VALUES (1, '2026-11-25 19:22:42.328249+00', 'ann', 'admin', 'login', NULL, NULL, '192.0.2.1');
INSERT INTO c360.changed_customer VALUES ('3', 'excluded_customer', '2026-11-25 19:22:42.339268+00');
INSERT INTO c360.changed_customer VALUES ('1', 'customers', '2026-11-25 19:22:42.384046+00');
INSERT INTO c360.excluded_customer VALUES ('3', 'erased', '2026-11-25 19:22:42.339268+00');
INSERT INTO c360.installation VALUES (true, '902a565a355edacf86145eea3cdd296748475da1d1b1844f48a39247f2a4b730', '2026-11-25 19:22:40.639189+00');
INSERT INTO c360.publication VALUES (true, 1, '2026-11-25 19:22:42.226218+00');
INSERT INTO c360.run OVERRIDING SYSTEM VALUE VALUES (1, 'full', 'cli', 'erika', '2024-05-31 23:59:59.999999+00', 'published', '2026-11-25 19:22:41.564202+00', '2026-11-25 19:22:42.128565+00', '2024-05-01 10:00:00+00', 25940, NULL, NULL, NULL, NULL);
INSERT INTO c360.run_check VALUES (1, 'one_row_per_customer', 'stop', 3, 3, true, 'one row per customer');
INSERT INTO c360.run_check VALUES (1, 'orders_equal_source', 'stop', 3, 3, true, 'orders are the counted orders of the source');
INSERT INTO c360.run_check VALUES (1, 'net_sales_equal_source', 'stop', 125, 125, true, 'value is counted lines minus returns');
INSERT INTO c360.run_check VALUES (1, 'tickets_equal_source', 'stop', 1, 1, true, 'tickets are the counted ones of the source');
INSERT INTO c360.run_check VALUES (1, 'web_events_equal_source', 'stop', 0, 0, true, 'events are the counted ones of the source');
INSERT INTO c360.run_check VALUES (1, 'campaigns_equal_source', 'stop', 0, 0, true, 'campaigns likewise');
INSERT INTO c360.run_check VALUES (1, 'cells_equal_customers', 'stop', 3, 3, true, 'the cells hold every customer once');
INSERT INTO c360.run_check VALUES (1, 'cells_equal_value', 'stop', 125, 125, true, 'the cells hold all lifetime value');
INSERT INTO c360.run_check VALUES (1, 'months_equal_value', 'stop', 125, 125, true, 'the months hold all lifetime value');
INSERT INTO c360.run_check VALUES (1, 'scores_in_range', 'stop', 0, 0, true, 'R, F and M lie in 1–5, and are null without an order');
INSERT INTO c360.run_check VALUES (1, 'churn_in_range', 'stop', 0, 0, true, 'churn risk scores lie in 0–100');
INSERT INTO c360.run_check VALUES (1, 'purchases_in_range', 'stop', 0, 0, true, 'no order lies after as-of; averages are value ÷ orders');
INSERT INTO c360.run_check VALUES (1, 'forecasts_in_range', 'stop', 0, 0, true, 'forecasts are probabilities and amounts, or have a reason');
INSERT INTO c360.run_check VALUES (1, 'has_customers', 'stop', 1, 1, true, 'the source has customers at the as-of moment');
INSERT INTO c360.run_exclusion VALUES (1, 'order_items', 'unknown order', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'orders', 'no customer', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'orders', 'unknown customer', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'orders', 'other currency', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'order_items', 'order not counted', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'order_items', 'quantity missing or negative', 'exclude', 1);
INSERT INTO c360.run_exclusion VALUES (1, 'orders', 'cancelled', 'exclude', 1);
INSERT INTO c360.run_stage VALUES (1, 6, 'moments', 1, 0.002389);
INSERT INTO c360.run_stage VALUES (1, 10, 'basic_information', 3, 0.008221);
INSERT INTO c360.run_stage VALUES (1, 11, 'known_products', 2, 0.006013);
INSERT INTO c360.run_stage VALUES (1, 12, 'source_rows', 12, 0.05829);
INSERT INTO c360.run_stage VALUES (1, 13, 'exclusions', 7, 0.004832);
INSERT INTO c360.run_stage VALUES (1, 14, 'counted_orders', 3, 0.006596);
INSERT INTO c360.run_stage VALUES (1, 15, 'sales_lines', 3, 0.008392);
INSERT INTO c360.run_stage VALUES (1, 17, 'counted_returns', 0, 0.008796);
INSERT INTO c360.run_stage VALUES (1, 18, 'counted_responses', 0, 0.002597);
INSERT INTO c360.run_stage VALUES (1, 20, 'purchase_statistics', 2, 0.019466);
INSERT INTO c360.run_stage VALUES (1, 33, 'sold_products', 2, 0.008928);
INSERT INTO c360.run_stage VALUES (1, 34, 'top_products', 2, 0.008941);
INSERT INTO c360.run_stage VALUES (1, 35, 'favourites', 2, 0.012154);
INSERT INTO c360.run_stage VALUES (1, 36, 'product_pairs', 0, 0.009157);
INSERT INTO c360.run_stage VALUES (1, 39, 'order_months', 2, 0.00783);
INSERT INTO c360.run_stage VALUES (1, 40, 'service', 1, 0.008871);
INSERT INTO c360.run_stage VALUES (1, 50, 'web_behaviour', 0, 0.009704);
INSERT INTO c360.run_stage VALUES (1, 60, 'campaign_response', 0, 0.002505);
INSERT INTO c360.run_stage VALUES (1, 61, 'forecast_groups', 2, 0.006764);
INSERT INTO c360.run_stage VALUES (1, 62, 'forecast_values', 2, 0.001122);
INSERT INTO c360.run_stage VALUES (1, 64, 'forecast_model', 1, 0.008725);
INSERT INTO c360.run_stage VALUES (1, 66, 'forecast_horizons', 0, 0.009733);
INSERT INTO c360.run_stage VALUES (1, 68, 'customer_forecast', 2, 0.008663);
INSERT INTO c360.run_stage VALUES (1, 70, 'customer_purchase_profile', 2, 0.016291);
INSERT INTO c360.run_stage VALUES (1, 71, 'customer_engagement_profile', 3, 0.005517);
INSERT INTO c360.run_stage VALUES (1, 72, 'customer_facets', 3, 0.007933);
INSERT INTO c360.run_stage VALUES (1, 73, 'customer_words', 3, 0.005909);
INSERT INTO c360.run_stage VALUES (1, 75, 'churn_risk', 4, 0.013178);
INSERT INTO c360.run_stage VALUES (1, 76, 'score_cutoffs', 8, 0.006845);
INSERT INTO c360.run_stage VALUES (1, 77, 'customer_scores', 2, 0.011021);
INSERT INTO c360.run_stage VALUES (1, 78, 'customer_360', 3, 0.030974);
INSERT INTO c360.run_stage VALUES (1, 79, 'customer_dimensions', 3, 0.007167);
INSERT INTO c360.run_stage VALUES (1, 80, 'satisfaction', 1, 0.008685);
INSERT INTO c360.run_stage VALUES (1, 81, 'customer_cells', 6, 0.008811);
INSERT INTO c360.run_stage VALUES (1, 82, 'rfm_cells', 2, 0.001449);
INSERT INTO c360.run_stage VALUES (1, 83, 'cohort_forecasts', 2, 0.012753);
INSERT INTO c360.run_stage VALUES (1, 84, 'monthly_sales', 3, 0.027441);
INSERT INTO c360.run_stage VALUES (1, 85, 'category_sales', 2, 0.016853);
INSERT INTO c360.run_stage VALUES (1, 86, 'brand_sales', 3, 0.015046);
INSERT INTO c360.run_stage VALUES (1, 88, 'product_sales', 2, 0.001373);
INSERT INTO c360.run_stage VALUES (1, 91, 'affinity', 0, 0.00941);
INSERT INTO c360.run_stage VALUES (1, 92, 'campaign_results', 0, 0.001619);
INSERT INTO c360.run_stage VALUES (1, 93, 'channel_sales', 3, 0.016699);
INSERT INTO c360.run_stage VALUES (1, 94, 'cohorts', 3, 0.020866);
INSERT INTO c360.run_stage VALUES (1, 95, 'category_brand_sales', 3, 0.009203);
INSERT INTO c360.run_stage VALUES (1, 96, 'stop_checks', 14, 0.023053);
INSERT INTO c360.run_stage VALUES (1, 97, 'drift_checks', 0, 0.002507);
INSERT INTO c360.run_summary VALUES (1, 3, 125, 0.33333333333333333333, 0.00000000000000000000, 0.33333333333333333333);
INSERT INTO c360.setting VALUES ('currency', 'EUR', 'EUR', false, 'The one currency of the deployment. Orders in another currency are excluded and counted.');
INSERT INTO c360.setting VALUES ('historical_after_days', '7', '7', true, 'When the latest moment in the data is older than this, it is the as-of moment; otherwise now is.');
INSERT INTO c360.setting VALUES ('comparison_days', '30', '30', true, 'The change of a number compares it with the same number this many days before as-of.');
INSERT INTO c360.setting VALUES ('retention_window_months', '12', '12', true, 'Length of each of the two windows that retention compares.');
INSERT INTO c360.setting VALUES ('value_cutoff_kind', 'percentile', 'percentile', false, 'Cut value segments at shares of the customers with orders (percentile) or at amounts (amount).');
INSERT INTO c360.setting VALUES ('high_value_share', '0.2', '0.2', true, 'Share of the customers with orders, most valuable first, that is High (ties upward).');
INSERT INTO c360.setting VALUES ('medium_value_share', '0.3', '0.3', true, 'Share of the customers with orders, after the High ones, that is Medium (ties upward).');
INSERT INTO c360.setting VALUES ('high_value_amount', '1000', '1000', true, 'Lifetime value from which a customer is High, when value segments are cut by amount.');
INSERT INTO c360.setting VALUES ('medium_value_amount', '250', '250', true, 'Lifetime value from which a customer is Medium, when value segments are cut by amount.');
INSERT INTO c360.setting VALUES ('service_window_days', '365', '365', true, 'Ratings of tickets opened within this many days before as-of count for the churn risk.');
INSERT INTO c360.setting VALUES ('engagement_window_days', '90', '90', true, 'Recent web sessions are those within this many days before as-of.');
INSERT INTO c360.setting VALUES ('gap_shrinkage', '2', '2', true, 'How many gaps of the population''s median length are added to a customer''s own gaps.');
INSERT INTO c360.setting VALUES ('default_gap_days', '90', '90', true, 'Typical gap between orders where no customer of the shop has ordered on two days.');
INSERT INTO c360.setting VALUES ('churn_recency_half', '3', '3', true, 'At this many expected gaps since the last order, the recency part of the churn risk is 50.');
INSERT INTO c360.setting VALUES ('churn_frequency_window_days', '180', '180', true, 'Days with an order within this many days before as-of count for the frequency part of the churn risk.');
INSERT INTO c360.setting VALUES ('churn_frequency_half', '3', '3', true, 'At this many days with an order in the frequency window, the frequency part is 50.');
INSERT INTO c360.setting VALUES ('churn_engagement_half_days', '90', '90', true, 'At this many days since the last visit or campaign response, the engagement part is 50.');
INSERT INTO c360.setting VALUES ('churn_weight_recency', '0.35', '0.35', true, 'Weight of the recency part in the churn risk score.');
INSERT INTO c360.setting VALUES ('churn_weight_frequency', '0.35', '0.35', true, 'Weight of the frequency part in the churn risk score.');
INSERT INTO c360.setting VALUES ('churn_weight_service', '0.1', '0.1', true, 'Weight of the service part in the churn risk score.');
INSERT INTO c360.setting VALUES ('churn_weight_engagement', '0.2', '0.2', true, 'Weight of the engagement part in the churn risk score.');
INSERT INTO c360.setting VALUES ('churn_medium_from', '33', '33', true, 'Churn risk scores from here on are Medium.');
INSERT INTO c360.setting VALUES ('churn_high_above', '66', '66', true, 'Churn risk scores above this are High.');
INSERT INTO c360.setting VALUES ('forecast_model', 'MBG/NBD', 'MBG/NBD', false, 'Whether a customer may leave after every order (MBG/NBD) or only after repeat orders (BG/NBD, by which everybody with a single order is active for certain).');
INSERT INTO c360.setting VALUES ('forecast_minimum_customers', '500', '500', true, 'No forecast is made while fewer customers than this have an order.');
INSERT INTO c360.setting VALUES ('forecast_minimum_days', '180', '180', true, 'No forecast is made while the first order of all is younger than this.');
INSERT INTO c360.setting VALUES ('forecast_minimum_regulars', '50', '50', true, 'No forecast is made while fewer customers than this have ordered on three days or more.');
INSERT INTO c360.setting VALUES ('forecast_fit_customers', '50000', '50000', true, 'The parameters of the forecast are fitted on about this many customers, chosen by a hash of their id, where there are more; standard errors are a percent or two by then.');
INSERT INTO c360.setting VALUES ('forecast_years', '3', '3', true, 'The predicted lifetime value counts what is expected within this many years.');
INSERT INTO c360.setting VALUES ('forecast_discount_rate', '0.1', '0.1', true, 'By this much a year the predicted lifetime value counts later sales lower.');
INSERT INTO c360.setting VALUES ('csat_minimum_n', '30', '30', true, 'CSAT is hidden while it rests on fewer answers than this.');
INSERT INTO c360.setting VALUES ('affinity_products', '200', '200', true, 'Bought-together pairs are counted among this many products with the most orders.');
INSERT INTO c360.setting VALUES ('affinity_minimum_orders', '5', '5', true, 'A bought-together pair is kept from this many common orders on.');
INSERT INTO c360.setting VALUES ('drift_customers_limit', '0.2', '0.2', true, 'A build whose number of customers moves by more than this share waits for an administrator.');
INSERT INTO c360.setting VALUES ('drift_value_limit', '0.2', '0.2', true, 'A build whose total lifetime value moves by more than this share waits for an administrator.');
INSERT INTO c360.setting VALUES ('drift_segment_limit', '0.1', '0.1', true, 'A build in which the share of a value segment moves by more than this waits for an administrator.');
INSERT INTO c360.setting VALUES ('incremental_limit', '0.2', '0.2', true, 'An incremental run in which a larger share of the customers changed becomes a full one.');
INSERT INTO c360.setting VALUES ('builds_kept', '3', '3', true, 'How many finished builds stay in the database, the published one included.');
INSERT INTO c360.setting VALUES ('build_work_mem_mb', '256', '256', true, 'Memory that one sort or hash of a build may take before it spills to disk.');
INSERT INTO c360.setting VALUES ('build_ranges', '4', '4', true, 'Into how many ranges of customers a full build cuts its biggest steps, to compute them beside each other.');
INSERT INTO c360.setting VALUES ('active_days', '99', '365', true, 'A customer is active when the last order is at most this old.');
INSERT INTO c360.setting VALUES ('timezone', 'Europe/Rome', 'UTC', false, 'Days and months begin at midnight in this time zone.');
INSERT INTO c360_b1.brand_sales VALUES ('Aroma', 'High', 'Champions', 'Low', 'DE', NULL, 2, 1, 1, 55);
INSERT INTO c360_b1.brand_sales VALUES ('Aroma', 'Low', 'Hibernating', 'Medium', 'FR', NULL, 1, 1, 1, 30);
INSERT INTO c360_b1.brand_sales VALUES (NULL, 'High', 'Champions', 'Low', 'DE', NULL, 1, 1, 1, 40);
INSERT INTO c360_b1.category_brand_sales VALUES ('Kitchen', 'Aroma', 'High', 'Champions', 'Low', 'DE', NULL, 1, 2, 55);
INSERT INTO c360_b1.category_brand_sales VALUES ('Kitchen', 'Aroma', 'Low', 'Hibernating', 'Medium', 'FR', NULL, 1, 1, 30);
INSERT INTO c360_b1.category_brand_sales VALUES ('Kitchen', NULL, 'High', 'Champions', 'Low', 'DE', NULL, 1, 1, 40);
INSERT INTO c360_b1.category_sales VALUES ('Kitchen', 'High', 'Champions', 'Low', 'DE', NULL, 3, 2, 1, 95);
INSERT INTO c360_b1.category_sales VALUES ('Kitchen', 'Low', 'Hibernating', 'Medium', 'FR', NULL, 1, 1, 1, 30);
INSERT INTO c360_b1.channel_sales VALUES ('2024-02-01', NULL, 'High', 'Champions', 'Low', 'DE', NULL, true, 1, 1);
INSERT INTO c360_b1.channel_sales VALUES ('2024-04-01', NULL, 'Low', 'Hibernating', 'Medium', 'FR', NULL, true, 1, 1);
INSERT INTO c360_b1.channel_sales VALUES ('2024-05-01', NULL, 'High', 'Champions', 'Low', 'DE', NULL, true, 1, 1);
INSERT INTO c360_b1.cohort_forecasts VALUES ('2024-04-01', 'FR', NULL, 1, NULL, NULL, NULL);
INSERT INTO c360_b1.cohort_forecasts VALUES ('2024-02-01', 'DE', NULL, 1, NULL, NULL, NULL);
INSERT INTO c360_b1.cohorts VALUES ('2024-02-01', 0, 'DE', NULL, true, 1);
INSERT INTO c360_b1.cohorts VALUES ('2024-02-01', 3, 'DE', NULL, true, 1);
INSERT INTO c360_b1.cohorts VALUES ('2024-04-01', 0, 'FR', NULL, true, 1);
INSERT INTO c360_b1.customer_360 VALUES ('1', 'Ada', NULL, NULL, NULL, NULL, NULL, 'DE', NULL, NULL, NULL, '2024-01-05 00:00:00+00', 147, NULL, NULL, 2, 2, '2024-02-01 10:00:00+00', '2024-05-01 10:00:00+00', 30, 3, 100, 5, 0, 0, 95, 47.5000000000000000, 0.00000000000000000000, 90, 2, 0, 2, '10', 'Teapot', 'Kitchen', 'Aroma', 1, 0, '2024-03-01 09:00:00+00', 1, 1, 5, 1, 0, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, 'High', 5, 5, 5, '555', 'Champions', 90, 0.3333333333333333, 9.999999999999998, 60, 0, NULL, 30.625000000000004, 'Low', NULL, NULL, NULL, NULL, NULL, NULL, '2 of the 500 customers with an order that a forecast needs.');
INSERT INTO c360_b1.customer_360 VALUES ('2', 'Bruno', NULL, NULL, NULL, NULL, NULL, 'FR', NULL, NULL, NULL, '2024-02-05 00:00:00+00', 116, NULL, NULL, 1, 1, '2024-04-01 10:00:00+00', '2024-04-01 10:00:00+00', 60, 1, 30, 0, 0, 0, 30, 30.0000000000000000, 0.00000000000000000000, NULL, 1, 0, 1, '10', 'Teapot', 'Kitchen', 'Aroma', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, 'Low', 1, 1, 1, '111', 'Hibernating', 90, 0.6666666666666666, 18.18181818181818, 75, NULL, NULL, 46.590909090909086, 'Medium', NULL, NULL, NULL, NULL, NULL, NULL, '2 of the 500 customers with an order that a forecast needs.');
INSERT INTO c360_b1.customer_360 VALUES ('3', 'Chiara', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-03-05 00:00:00+00', 87, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Prospect', NULL, NULL, NULL, NULL, 'Prospect', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'No order yet.');
INSERT INTO c360_b1.customer_cells VALUES ('Low', 'Hibernating', 'Medium', 'FR', NULL, 'comparison', 1, 1, 1, 0, 1, 30, 0, 0, 0, 0, 0, 0, 0, NULL, NULL);
INSERT INTO c360_b1.customer_cells VALUES ('Prospect', 'Prospect', NULL, NULL, NULL, 'comparison', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL);
INSERT INTO c360_b1.customer_cells VALUES ('High', 'Champions', 'Low', 'DE', NULL, 'as_of', 1, 1, 1, 1, 2, 95, 0, 0, 1, 1, 1, 5, 0, NULL, NULL);
INSERT INTO c360_b1.customer_cells VALUES ('Prospect', 'Prospect', NULL, NULL, NULL, 'as_of', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL);
INSERT INTO c360_b1.customer_cells VALUES ('High', 'Champions', 'Low', 'DE', NULL, 'comparison', 1, 1, 1, 1, 2, 95, 0, 0, 1, 1, 1, 5, 0, NULL, NULL);
INSERT INTO c360_b1.customer_cells VALUES ('Low', 'Hibernating', 'Medium', 'FR', NULL, 'as_of', 1, 1, 1, 0, 1, 30, 0, 0, 0, 0, 0, 0, 0, NULL, NULL);
INSERT INTO c360_b1.customer_engagement_profile VALUES ('1', 1, 0, '2024-03-01 09:00:00+00', 1, 1, 5, 0, 0, 0, 0, 1, 5, 1, 0, 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, 1, 1, 5, 1, 0, NULL, NULL, NULL);
INSERT INTO c360_b1.customer_engagement_profile VALUES ('2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO c360_b1.customer_engagement_profile VALUES ('3', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO c360_b1.customer_facets VALUES ('1', '{2024-02-01,2024-05-01}', '{Kitchen}', '{Aroma,unknown}', '{5}');
INSERT INTO c360_b1.customer_facets VALUES ('2', '{2024-04-01}', '{Kitchen}', '{Aroma}', '{}');
INSERT INTO c360_b1.customer_facets VALUES ('3', NULL, NULL, NULL, '{}');
INSERT INTO c360_b1.customer_purchase_profile VALUES ('2', 1, 1, '2024-04-01 10:00:00+00', '2024-04-01 10:00:00+00', 1, 0, 1, 1, 1, 1, '2024-04-01 10:00:00+00', 1, 0, 0, 1, 30, 0, 0, 0, 30, 0, 30, 60, 30, 30.0000000000000000, 0.00000000000000000000, NULL, NULL, '10', 'Teapot', 'Kitchen', 'Aroma');
INSERT INTO c360_b1.customer_purchase_profile VALUES ('1', 2, 2, '2024-02-01 10:00:00+00', '2024-05-01 10:00:00+00', 2, 0, 2, 2, 2, 2, '2024-05-01 10:00:00+00', 2, 0, 90, 3, 100, 5, 0, 0, 95, 90, 95, 30, 0, 47.5000000000000000, 0.00000000000000000000, 90, 90, '10', 'Teapot', 'Kitchen', 'Aroma');
INSERT INTO c360_b1.customer_words VALUES ('1', '1', 'ada');
INSERT INTO c360_b1.customer_words VALUES ('2', '2', 'bruno');
INSERT INTO c360_b1.customer_words VALUES ('3', '3', 'chiara');
INSERT INTO c360_b1.exclusions VALUES ('order_items', 'unknown order', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('orders', 'no customer', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('orders', 'unknown customer', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('orders', 'other currency', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('order_items', 'order not counted', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('order_items', 'quantity missing or negative', 'exclude', 1);
INSERT INTO c360_b1.exclusions VALUES ('orders', 'cancelled', 'exclude', 1);
INSERT INTO c360_b1.forecast_model VALUES (2, 0, 120, 1, 2, NULL, NULL, NULL, NULL, NULL, NULL, '2 of the 500 customers with an order that a forecast needs.', NULL, NULL, NULL, NULL, NULL, '2 of the 500 customers with an order that a forecast needs.');
INSERT INTO c360_b1.monthly_sales VALUES ('2024-02-01', 'High', 'Champions', 'Low', 'DE', NULL, true, 1, 1, 1, 2, 60, 5, 0, 55);
INSERT INTO c360_b1.monthly_sales VALUES ('2024-04-01', 'Low', 'Hibernating', 'Medium', 'FR', NULL, true, 1, 1, 1, 1, 30, 0, 0, 30);
INSERT INTO c360_b1.monthly_sales VALUES ('2024-05-01', 'High', 'Champions', 'Low', 'DE', NULL, true, 1, 1, 0, 1, 40, 0, 0, 40);
INSERT INTO c360_b1.product_sales VALUES ('20', 'Kettle', 'Kitchen', NULL, 1, 1, 1, 40);
INSERT INTO c360_b1.product_sales VALUES ('10', 'Teapot', 'Kitchen', 'Aroma', 3, 2, 2, 85);
INSERT INTO c360_b1.rfm_cells VALUES (1, 1, 1, 'Low', 'Hibernating', 'Medium', 'FR', NULL, 1, 30, 1);
INSERT INTO c360_b1.rfm_cells VALUES (5, 5, 5, 'High', 'Champions', 'Low', 'DE', NULL, 1, 95, 2);
INSERT INTO c360_b1.satisfaction VALUES (5, 'High', 'Champions', 'Low', 'DE', NULL, 1, 1);
INSERT INTO c360_b1.score_cutoffs VALUES ('monetary', 5, 95);
INSERT INTO c360_b1.score_cutoffs VALUES ('recency', 5, 30);
INSERT INTO c360_b1.score_cutoffs VALUES ('recency', 1, 60);
INSERT INTO c360_b1.score_cutoffs VALUES ('frequency', 5, 2);
INSERT INTO c360_b1.score_cutoffs VALUES ('monetary', 1, 30);
INSERT INTO c360_b1.score_cutoffs VALUES ('frequency', 1, 1);
INSERT INTO c360_b1.score_cutoffs VALUES ('value', 1, 95);
INSERT INTO c360_b1.score_cutoffs VALUES ('value', 2, 95);
INSERT INTO c360_b1.settings VALUES (365, 5, 200, 4, 256, 3, 90, 3, 180, 66, 33, 3, 0.2, 0.35, 0.35, 0.1, 30, 30, 'EUR', 90, 0.2, 0.1, 0.2, 90, 0.1, 50000, 500, 180, 50, 'MBG/NBD', 3, 2, 1000, 0.2, 7, 0.2, 250, 0.3, 12, 365, 'UTC', 'percentile', '2024-05-31 23:59:59.999999+00', '2024-05-01 23:59:59.999999+00');
INSERT INTO c360_kept.counted_orders VALUES ('100', '1', '2024-02-01 10:00:00+00', '2024-02-01', '2024-02-01', NULL);
INSERT INTO c360_kept.counted_orders VALUES ('101', '1', '2024-05-01 10:00:00+00', '2024-05-01', '2024-05-01', NULL);
INSERT INTO c360_kept.counted_orders VALUES ('102', '2', '2024-04-01 10:00:00+00', '2024-04-01', '2024-04-01', NULL);
INSERT INTO c360_kept.customer_dimensions VALUES ('1', 'High', 'Champions', 'Low', 'DE', NULL, '2024-02-01 10:00:00+00', 1);
INSERT INTO c360_kept.customer_dimensions VALUES ('2', 'Low', 'Hibernating', 'Medium', 'FR', NULL, '2024-04-01 10:00:00+00', 2);
INSERT INTO c360_kept.customer_dimensions VALUES ('3', 'Prospect', 'Prospect', NULL, NULL, NULL, NULL, 3);
INSERT INTO c360_kept.favourites VALUES ('2', '10', 'Teapot', 'Kitchen', 'Aroma', '{Kitchen}', '{Aroma}');
INSERT INTO c360_kept.favourites VALUES ('1', '10', 'Teapot', 'Kitchen', 'Aroma', '{Kitchen}', '{Aroma,unknown}');
INSERT INTO c360_kept.known_products VALUES ('10', 'Teapot', 'Kitchen', 'Aroma');
INSERT INTO c360_kept.known_products VALUES ('20', 'Kettle', 'Kitchen', NULL);
INSERT INTO c360_kept.moments VALUES ('2024-05-31 23:59:59.999999+00', '2024-05-01 23:59:59.999999+00', '2023-05-31 23:59:59.999999+00', '2022-05-31 23:59:59.999999+00', '2023-05-01 23:59:59.999999+00', '2022-05-01 23:59:59.999999+00', '2023-12-03 23:59:59.999999+00', '2023-11-03 23:59:59.999999+00', '2023-06-01 23:59:59.999999+00', '2023-05-02 23:59:59.999999+00', '2024-03-02 23:59:59.999999+00');
INSERT INTO c360_kept.order_months VALUES ('2', '{2024-04-01}');
INSERT INTO c360_kept.order_months VALUES ('1', '{2024-02-01,2024-05-01}');
INSERT INTO c360_kept.purchase_statistics VALUES ('2', 1, 1, '2024-04-01 10:00:00+00', '2024-04-01 10:00:00+00', 1, 0, 1, 1, 1, 1, '2024-04-01 10:00:00+00', 1, 0, 0, 1, 30, 0, 0, 0, 30, 0, 30);
INSERT INTO c360_kept.purchase_statistics VALUES ('1', 2, 2, '2024-02-01 10:00:00+00', '2024-05-01 10:00:00+00', 2, 0, 2, 2, 2, 2, '2024-05-01 10:00:00+00', 2, 0, 90, 3, 100, 5, 0, 0, 95, 90, 95);
INSERT INTO c360_kept.sales_lines VALUES ('1', '100', 1, '2024-02-01 10:00:00+00', '2024-02-01', '10', 'Kitchen', 'Aroma', 2, 60, 5);
INSERT INTO c360_kept.sales_lines VALUES ('1', '101', 1, '2024-05-01 10:00:00+00', '2024-05-01', '20', 'Kitchen', NULL, 1, 40, 0);
INSERT INTO c360_kept.sales_lines VALUES ('2', '102', 1, '2024-04-01 10:00:00+00', '2024-04-01', '10', 'Kitchen', 'Aroma', 1, 30, 0);
INSERT INTO c360_kept.service VALUES ('1', 1, 0, '2024-03-01 09:00:00+00', 1, 1, 5, 0, 0, 0, 0, 1, 1, 0, 3, 1, 1, 1, 5, 1, 0);
INSERT INTO c360_kept.sold_products VALUES ('20', 1, 1, 1, 40);
INSERT INTO c360_kept.sold_products VALUES ('10', 3, 2, 2, 85);
INSERT INTO c360_kept.source_rows VALUES ('9', 'orders', 'unknown customer', NULL, NULL, 1, NULL);
INSERT INTO c360_kept.source_rows VALUES ('2', 'orders', NULL, NULL, NULL, 1, NULL);
INSERT INTO c360_kept.source_rows VALUES ('2', 'orders', 'other currency', NULL, NULL, 1, NULL);
INSERT INTO c360_kept.source_rows VALUES (NULL, 'orders', 'no customer', NULL, NULL, 1, NULL);
INSERT INTO c360_kept.source_rows VALUES ('2', 'orders', 'cancelled', NULL, NULL, 1, NULL);
INSERT INTO c360_kept.source_rows VALUES ('1', 'orders', NULL, NULL, NULL, 2, NULL);
INSERT INTO c360_kept.source_rows VALUES ('2', 'order_items', NULL, NULL, NULL, 1, 30);
INSERT INTO c360_kept.source_rows VALUES ('2', 'order_items', 'quantity missing or negative', NULL, NULL, 1, -30);
INSERT INTO c360_kept.source_rows VALUES ('2', 'order_items', 'unknown order', '999', NULL, 1, 30);
INSERT INTO c360_kept.source_rows VALUES ('2', 'order_items', 'order not counted', NULL, NULL, 1, 30);
INSERT INTO c360_kept.source_rows VALUES ('1', 'order_items', NULL, NULL, NULL, 2, 95);
INSERT INTO c360_kept.source_rows VALUES ('1', 'service_tickets', NULL, NULL, NULL, 1, NULL);
INSERT INTO c360_kept.state VALUES (true, 1, '{"orders": "log", "returns": "log", "customers": "log", "web_events": "log", "order_items": "log", "service_tickets": "log", "campaign_responses": "log"}');
INSERT INTO c360_kept.top_products VALUES ('10');
INSERT INTO c360_kept.top_products VALUES ('20');
INSERT INTO source.customers VALUES ('2', 'Bruno', NULL, NULL, NULL, NULL, NULL, 'FR', NULL, NULL, '2024-02-05 00:00:00+00', NULL, NULL);
INSERT INTO source.customers VALUES ('3', 'Chiara', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-03-05 00:00:00+00', NULL, NULL);
INSERT INTO source.customers VALUES ('1', 'Ada', NULL, NULL, NULL, 'Rome', NULL, 'DE', NULL, NULL, '2024-01-05 00:00:00+00', NULL, NULL);
INSERT INTO source.order_items VALUES ('100', 1, '1', '10', 2, 30, 5);
INSERT INTO source.order_items VALUES ('101', 1, '1', '20', 1, 40, 0);
INSERT INTO source.order_items VALUES ('102', 1, '2', '10', 1, 30, 0);
INSERT INTO source.order_items VALUES ('103', 1, '2', '10', 1, 30, 0);
INSERT INTO source.order_items VALUES ('102', 2, '2', '10', -1, 30, 0);
INSERT INTO source.order_items VALUES ('999', 1, '2', '10', 1, 30, 0);
INSERT INTO source.orders VALUES ('100', '1', '2024-02-01 10:00:00+00', 'completed', NULL, 'EUR');
INSERT INTO source.orders VALUES ('101', '1', '2024-05-01 10:00:00+00', 'completed', NULL, NULL);
INSERT INTO source.orders VALUES ('102', '2', '2024-04-01 10:00:00+00', 'completed', NULL, 'EUR');
INSERT INTO source.orders VALUES ('103', '2', '2024-04-02 10:00:00+00', 'cancelled', NULL, 'EUR');
INSERT INTO source.orders VALUES ('104', '2', '2024-04-03 10:00:00+00', 'completed', NULL, 'USD');
INSERT INTO source.orders VALUES ('105', NULL, '2024-04-04 10:00:00+00', 'completed', NULL, 'EUR');
INSERT INTO source.orders VALUES ('106', '9', '2024-04-05 10:00:00+00', 'completed', NULL, 'EUR');
INSERT INTO source.products VALUES ('10', 'Teapot', 'Kitchen', 'Aroma');
INSERT INTO source.products VALUES ('20', 'Kettle', 'Kitchen', NULL);
INSERT INTO source.service_tickets VALUES ('1000', '1', '2024-03-01 09:00:00+00', '2024-03-01 12:00:00+00', NULL, NULL, NULL, 5);
SELECT pg_catalog.setval('c360.api_token_token_id_seq', 1, true);
SELECT pg_catalog.setval('c360.audit_audit_id_seq', 1, true);
SELECT pg_catalog.setval('c360.run_run_id_seq', 1, true);
ALTER TABLE ONLY c360.api_token
    ADD CONSTRAINT api_token_hash_key UNIQUE (hash);
ALTER TABLE ONLY c360.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (token_id);
ALTER TABLE ONLY c360.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (audit_id);
ALTER TABLE ONLY c360.back_test_decile
    ADD CONSTRAINT back_test_decile_pkey PRIMARY KEY (run_id, rule, decile);
ALTER TABLE ONLY c360.back_test_group
    ADD CONSTRAINT back_test_group_pkey PRIMARY KEY (run_id, "grouping", name);
ALTER TABLE ONLY c360.back_test
    ADD CONSTRAINT back_test_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY c360.back_test_ranking
    ADD CONSTRAINT back_test_ranking_pkey PRIMARY KEY (run_id, rule);
ALTER TABLE ONLY c360.column_meaning
    ADD CONSTRAINT column_meaning_pkey PRIMARY KEY (column_name);
ALTER TABLE ONLY c360.excluded_customer
    ADD CONSTRAINT excluded_customer_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (is_single);
ALTER TABLE ONLY c360.publication
    ADD CONSTRAINT publication_pkey PRIMARY KEY (is_single);
ALTER TABLE ONLY c360.rebuild_request
    ADD CONSTRAINT rebuild_request_pkey PRIMARY KEY (is_single);
ALTER TABLE ONLY c360.rfm_cell_name
    ADD CONSTRAINT rfm_cell_name_pkey PRIMARY KEY (recency_score, frequency_score);
ALTER TABLE ONLY c360.run_cancellation
    ADD CONSTRAINT run_cancellation_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY c360.run_check
    ADD CONSTRAINT run_check_pkey PRIMARY KEY (run_id, name);
ALTER TABLE ONLY c360.run_exclusion
    ADD CONSTRAINT run_exclusion_pkey PRIMARY KEY (run_id, relation, reason);
ALTER TABLE ONLY c360.run_notice
    ADD CONSTRAINT run_notice_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY c360.run
    ADD CONSTRAINT run_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY c360.run_stage
    ADD CONSTRAINT run_stage_pkey PRIMARY KEY (run_id, "position");
ALTER TABLE ONLY c360.run_summary
    ADD CONSTRAINT run_summary_pkey PRIMARY KEY (run_id);
ALTER TABLE ONLY c360.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);
ALTER TABLE ONLY c360.stage
    ADD CONSTRAINT stage_name_key UNIQUE (name);
ALTER TABLE ONLY c360.stage
    ADD CONSTRAINT stage_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY c360.tracked_table
    ADD CONSTRAINT tracked_table_pkey PRIMARY KEY (relation, base_table);
ALTER TABLE ONLY c360_b1.customer_360
    ADD CONSTRAINT customer_360_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_b1.customer_engagement_profile
    ADD CONSTRAINT customer_engagement_profile_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_b1.customer_facets
    ADD CONSTRAINT customer_facets_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_b1.customer_purchase_profile
    ADD CONSTRAINT customer_purchase_profile_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_b1.customer_words
    ADD CONSTRAINT customer_words_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.campaign_response
    ADD CONSTRAINT campaign_response_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.customer_dimensions
    ADD CONSTRAINT customer_dimensions_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.favourites
    ADD CONSTRAINT favourites_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.order_months
    ADD CONSTRAINT order_months_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.purchase_statistics
    ADD CONSTRAINT purchase_statistics_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.service
    ADD CONSTRAINT service_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_kept.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (is_single);
ALTER TABLE ONLY c360_kept.web_behaviour
    ADD CONSTRAINT web_behaviour_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY c360_touched.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY source.campaign_responses
    ADD CONSTRAINT campaign_responses_pkey PRIMARY KEY (campaign_id, customer_id);
ALTER TABLE ONLY source.campaigns
    ADD CONSTRAINT campaigns_pkey PRIMARY KEY (campaign_id);
ALTER TABLE ONLY source.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (customer_id);
ALTER TABLE ONLY source.order_items
    ADD CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line_no);
ALTER TABLE ONLY source.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (order_id);
ALTER TABLE ONLY source.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (product_id);
ALTER TABLE ONLY source.returns
    ADD CONSTRAINT returns_pkey PRIMARY KEY (return_id);
ALTER TABLE ONLY source.service_tickets
    ADD CONSTRAINT service_tickets_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY source.web_events
    ADD CONSTRAINT web_events_pkey PRIMARY KEY (event_id);
CREATE UNIQUE INDEX api_token_in_use ON c360.api_token USING btree (name) WHERE (revoked_at IS NULL);
CREATE INDEX audit_at ON c360.audit USING btree (at);
CREATE INDEX login_attempt_at ON c360.login_attempt USING btree (at);
CREATE INDEX customer_360_cell_of_lifetime_value_customer_id_idx ON c360_b1.customer_360 USING btree (c360.cell_of(value_segment, rfm_segment, churn_band, country, acquisition_channel), lifetime_value DESC NULLS LAST, customer_id);
CREATE INDEX customer_360_last_order_at_customer_id_idx ON c360_b1.customer_360 USING btree (last_order_at DESC NULLS LAST, customer_id);
CREATE INDEX customer_360_last_order_at_customer_id_idx1 ON c360_b1.customer_360 USING btree (last_order_at, customer_id);
CREATE INDEX customer_360_lifetime_value_customer_id_idx ON c360_b1.customer_360 USING btree (lifetime_value DESC NULLS LAST, customer_id);
CREATE INDEX customer_360_lifetime_value_customer_id_idx1 ON c360_b1.customer_360 USING btree (lifetime_value, customer_id);
CREATE INDEX customer_360_orders_customer_id_idx ON c360_b1.customer_360 USING btree (orders DESC NULLS LAST, customer_id);
CREATE INDEX customer_360_orders_customer_id_idx1 ON c360_b1.customer_360 USING btree (orders, customer_id);
CREATE INDEX counted_orders_customer_id_idx ON c360_kept.counted_orders USING btree (customer_id);
CREATE INDEX counted_responses_customer_id_idx ON c360_kept.counted_responses USING btree (customer_id);
CREATE INDEX counted_returns_customer_id_idx ON c360_kept.counted_returns USING btree (customer_id);
CREATE INDEX sales_lines_customer_id_idx ON c360_kept.sales_lines USING btree (customer_id);
CREATE INDEX source_rows_customer_id_idx ON c360_kept.source_rows USING btree (customer_id);
CREATE INDEX campaign_responses_of_customer ON source.campaign_responses USING btree (customer_id);
CREATE INDEX order_items_of_customer ON source.order_items USING btree (customer_id, order_id);
CREATE INDEX orders_of_customer ON source.orders USING btree (customer_id, order_id);
CREATE INDEX returns_of_customer ON source.returns USING btree (customer_id);
CREATE INDEX service_tickets_of_customer ON source.service_tickets USING btree (customer_id);
CREATE INDEX web_events_of_customer ON source.web_events USING btree (customer_id, occurred_at);
CREATE TRIGGER c360_excluded_customer_delete AFTER DELETE ON c360.excluded_customer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'excluded_customer');
CREATE TRIGGER c360_excluded_customer_insert AFTER INSERT ON c360.excluded_customer REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'excluded_customer');
CREATE TRIGGER c360_excluded_customer_truncate AFTER TRUNCATE ON c360.excluded_customer FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'excluded_customer');
CREATE TRIGGER c360_excluded_customer_update AFTER UPDATE ON c360.excluded_customer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'excluded_customer');
CREATE TRIGGER c360_campaign_responses_delete AFTER DELETE ON source.campaign_responses REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'campaign_responses');
CREATE TRIGGER c360_campaign_responses_insert AFTER INSERT ON source.campaign_responses REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'campaign_responses');
CREATE TRIGGER c360_campaign_responses_truncate AFTER TRUNCATE ON source.campaign_responses FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'campaign_responses');
CREATE TRIGGER c360_campaign_responses_update AFTER UPDATE ON source.campaign_responses REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'campaign_responses');
CREATE TRIGGER c360_customers_delete AFTER DELETE ON source.customers REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'customers');
CREATE TRIGGER c360_customers_insert AFTER INSERT ON source.customers REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'customers');
CREATE TRIGGER c360_customers_truncate AFTER TRUNCATE ON source.customers FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'customers');
CREATE TRIGGER c360_customers_update AFTER UPDATE ON source.customers REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'customers');
CREATE TRIGGER c360_order_items_delete AFTER DELETE ON source.order_items REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'order_items');
CREATE TRIGGER c360_order_items_insert AFTER INSERT ON source.order_items REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'order_items');
CREATE TRIGGER c360_order_items_truncate AFTER TRUNCATE ON source.order_items FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'order_items');
CREATE TRIGGER c360_order_items_update AFTER UPDATE ON source.order_items REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'order_items');
CREATE TRIGGER c360_orders_delete AFTER DELETE ON source.orders REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'orders');
CREATE TRIGGER c360_orders_insert AFTER INSERT ON source.orders REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'orders');
CREATE TRIGGER c360_orders_truncate AFTER TRUNCATE ON source.orders FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'orders');
CREATE TRIGGER c360_orders_update AFTER UPDATE ON source.orders REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'orders');
CREATE TRIGGER c360_returns_delete AFTER DELETE ON source.returns REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'returns');
CREATE TRIGGER c360_returns_insert AFTER INSERT ON source.returns REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'returns');
CREATE TRIGGER c360_returns_truncate AFTER TRUNCATE ON source.returns FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'returns');
CREATE TRIGGER c360_returns_update AFTER UPDATE ON source.returns REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'returns');
CREATE TRIGGER c360_service_tickets_delete AFTER DELETE ON source.service_tickets REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'service_tickets');
CREATE TRIGGER c360_service_tickets_insert AFTER INSERT ON source.service_tickets REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'service_tickets');
CREATE TRIGGER c360_service_tickets_truncate AFTER TRUNCATE ON source.service_tickets FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'service_tickets');
CREATE TRIGGER c360_service_tickets_update AFTER UPDATE ON source.service_tickets REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'service_tickets');
CREATE TRIGGER c360_web_events_delete AFTER DELETE ON source.web_events REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'web_events');
CREATE TRIGGER c360_web_events_insert AFTER INSERT ON source.web_events REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'web_events');
CREATE TRIGGER c360_web_events_truncate AFTER TRUNCATE ON source.web_events FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'web_events');
CREATE TRIGGER c360_web_events_update AFTER UPDATE ON source.web_events REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION c360.log_change('customer_id', 'web_events');
ALTER TABLE ONLY c360.back_test_decile
    ADD CONSTRAINT back_test_decile_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.back_test(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.back_test_group
    ADD CONSTRAINT back_test_group_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.back_test(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.back_test_ranking
    ADD CONSTRAINT back_test_ranking_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.back_test(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.back_test
    ADD CONSTRAINT back_test_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.publication
    ADD CONSTRAINT publication_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id);
ALTER TABLE ONLY c360.run_cancellation
    ADD CONSTRAINT run_cancellation_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.run_check
    ADD CONSTRAINT run_check_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.run_exclusion
    ADD CONSTRAINT run_exclusion_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.run_notice
    ADD CONSTRAINT run_notice_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.run_stage
    ADD CONSTRAINT run_stage_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
ALTER TABLE ONLY c360.run_summary
    ADD CONSTRAINT run_summary_run_id_fkey FOREIGN KEY (run_id) REFERENCES c360.run(run_id) ON DELETE CASCADE;
GRANT USAGE ON SCHEMA c360 TO c360_reader;
GRANT USAGE ON SCHEMA c360_b1 TO c360_reader;
GRANT USAGE ON SCHEMA source TO c360_reader;
GRANT SELECT ON TABLE c360.run TO c360_reader;
REVOKE ALL ON FUNCTION c360.login_succeeded(p_name text, p_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION c360.login_succeeded(p_name text, p_address text) TO c360_reader;
GRANT SELECT ON TABLE c360.setting TO c360_reader;
GRANT SELECT ON TABLE c360.run_history TO c360_reader;
REVOKE ALL ON FUNCTION c360.try_login(p_name text, p_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION c360.try_login(p_name text, p_address text) TO c360_reader;
REVOKE ALL ON FUNCTION c360.use_token(p_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION c360.use_token(p_hash text) TO c360_reader;
REVOKE ALL ON FUNCTION c360.write_audit(p_person text, p_role text, p_action text, p_subject text, p_detail jsonb, p_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION c360.write_audit(p_person text, p_role text, p_action text, p_subject text, p_detail jsonb, p_address text) TO c360_reader;
GRANT SELECT ON TABLE c360_b1.affinity TO c360_reader;
GRANT SELECT ON TABLE c360.affinity TO c360_reader;
GRANT SELECT ON TABLE c360_b1.brand_sales TO c360_reader;
GRANT SELECT ON TABLE c360.brand_sales TO c360_reader;
GRANT SELECT ON TABLE c360_b1.campaign_results TO c360_reader;
GRANT SELECT ON TABLE c360.campaign_results TO c360_reader;
GRANT SELECT ON TABLE c360_b1.category_brand_sales TO c360_reader;
GRANT SELECT ON TABLE c360.category_brand_sales TO c360_reader;
GRANT SELECT ON TABLE c360_b1.category_sales TO c360_reader;
GRANT SELECT ON TABLE c360.category_sales TO c360_reader;
GRANT SELECT ON TABLE c360_b1.channel_sales TO c360_reader;
GRANT SELECT ON TABLE c360.channel_sales TO c360_reader;
GRANT SELECT ON TABLE c360_b1.cohort_forecasts TO c360_reader;
GRANT SELECT ON TABLE c360.cohort_forecasts TO c360_reader;
GRANT SELECT ON TABLE c360_b1.cohorts TO c360_reader;
GRANT SELECT ON TABLE c360.cohorts TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_360 TO c360_reader;
GRANT SELECT ON TABLE c360.customer_360 TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_cells TO c360_reader;
GRANT SELECT ON TABLE c360.customer_cells TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_engagement_profile TO c360_reader;
GRANT SELECT ON TABLE c360.customer_engagement_profile TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_facets TO c360_reader;
GRANT SELECT ON TABLE c360.customer_facets TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_purchase_profile TO c360_reader;
GRANT SELECT ON TABLE c360.customer_purchase_profile TO c360_reader;
GRANT SELECT ON TABLE c360_b1.customer_words TO c360_reader;
GRANT SELECT ON TABLE c360.customer_words TO c360_reader;
GRANT SELECT(reason) ON TABLE c360.excluded_customer TO c360_reader;
GRANT SELECT(excluded_at) ON TABLE c360.excluded_customer TO c360_reader;
GRANT SELECT ON TABLE c360_b1.exclusions TO c360_reader;
GRANT SELECT ON TABLE c360.exclusions TO c360_reader;
GRANT SELECT ON TABLE c360_b1.forecast_model TO c360_reader;
GRANT SELECT ON TABLE c360.forecast_model TO c360_reader;
GRANT SELECT ON TABLE c360.last_back_test TO c360_reader;
GRANT SELECT ON TABLE c360.last_back_test_deciles TO c360_reader;
GRANT SELECT ON TABLE c360.last_back_test_groups TO c360_reader;
GRANT SELECT ON TABLE c360.last_back_test_ranking TO c360_reader;
GRANT SELECT ON TABLE c360.last_failure TO c360_reader;
GRANT SELECT ON TABLE c360_b1.monthly_sales TO c360_reader;
GRANT SELECT ON TABLE c360.monthly_sales TO c360_reader;
GRANT SELECT ON TABLE c360_b1.product_sales TO c360_reader;
GRANT SELECT ON TABLE c360.product_sales TO c360_reader;
GRANT SELECT ON TABLE c360.progress TO c360_reader;
GRANT SELECT ON TABLE c360.published_build TO c360_reader;
GRANT SELECT ON TABLE c360_b1.rfm_cells TO c360_reader;
GRANT SELECT ON TABLE c360.rfm_cells TO c360_reader;
GRANT SELECT ON TABLE c360_b1.satisfaction TO c360_reader;
GRANT SELECT ON TABLE c360.satisfaction TO c360_reader;
GRANT SELECT ON TABLE c360_b1.score_cutoffs TO c360_reader;
GRANT SELECT ON TABLE c360.score_cutoffs TO c360_reader;
GRANT SELECT ON TABLE c360_b1.settings TO c360_reader;
GRANT SELECT ON TABLE c360.settings TO c360_reader;
GRANT SELECT(campaign_id) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(sent_at) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(opened_at) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(clicked_at) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(converted_at) ON TABLE source.campaign_responses TO c360_reader;
GRANT SELECT(campaign_id) ON TABLE source.campaigns TO c360_reader;
GRANT SELECT(name) ON TABLE source.campaigns TO c360_reader;
GRANT SELECT(channel) ON TABLE source.campaigns TO c360_reader;
GRANT SELECT(order_id) ON TABLE source.orders TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.orders TO c360_reader;
GRANT SELECT(ordered_at) ON TABLE source.orders TO c360_reader;
GRANT SELECT(status) ON TABLE source.orders TO c360_reader;
GRANT SELECT(channel) ON TABLE source.orders TO c360_reader;
GRANT SELECT(order_id) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(product_id) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(quantity) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(unit_price) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(discount) ON TABLE source.order_items TO c360_reader;
GRANT SELECT(return_id) ON TABLE source.returns TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.returns TO c360_reader;
GRANT SELECT(product_id) ON TABLE source.returns TO c360_reader;
GRANT SELECT(returned_at) ON TABLE source.returns TO c360_reader;
GRANT SELECT(amount) ON TABLE source.returns TO c360_reader;
GRANT SELECT(ticket_id) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(opened_at) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(closed_at) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(channel) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(category) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(satisfaction) ON TABLE source.service_tickets TO c360_reader;
GRANT SELECT(customer_id) ON TABLE source.web_events TO c360_reader;
GRANT SELECT(session_id) ON TABLE source.web_events TO c360_reader;
GRANT SELECT(occurred_at) ON TABLE source.web_events TO c360_reader;
GRANT SELECT(event_type) ON TABLE source.web_events TO c360_reader;
GRANT SELECT(product_id) ON TABLE source.products TO c360_reader;
GRANT SELECT(name) ON TABLE source.products TO c360_reader;
