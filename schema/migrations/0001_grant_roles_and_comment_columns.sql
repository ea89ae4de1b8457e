-- Adds two flat objects of numbers key by key: what a chunk counted so far and what it counted now.
CREATE FUNCTION onefold.add_counts(a jsonb, b jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(key, total), '{}'::jsonb) FROM (
    SELECT key, sum(value::numeric) AS total
    FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) AS both_sides
    GROUP BY key
  ) AS added
$$;
--> statement-breakpoint
-- Months are made on demand by whoever writes an event into them; the owner's rights are needed only here.
CREATE FUNCTION onefold.ensure_event_month(month_start date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  partition_name text := 'events_' || to_char(month_start, 'YYYYMM');
BEGIN
  IF to_regclass(format('onefold.%I', partition_name)) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('onefold.ensure_event_month'));
  -- Asked of the table itself: to_regclass would answer from the cache that it filled above, before the wait.
  IF EXISTS (
    SELECT FROM pg_class WHERE relname = partition_name AND relnamespace = 'onefold'::regnamespace
  ) THEN RETURN; END IF;
  EXECUTE format(
    'CREATE TABLE onefold.%I PARTITION OF onefold.events FOR VALUES FROM (%L) TO (%L)',
    partition_name, month_start::text || ' 00:00:00+00', (month_start + interval '1 month')::date::text || ' 00:00:00+00'
  );
END $$;
--> statement-breakpoint
-- Roles belong to the whole cluster and several databases may be migrated at once. Without the right to create
-- roles (a managed server) the grants are skipped: the owner then does everything.
DO $$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['onefold_worker', 'onefold_reader'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role_name); END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN RAISE NOTICE 'role % not created: no right to', role_name;
    END;
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'onefold_worker') THEN
    GRANT USAGE ON SCHEMA onefold, onefold_out TO onefold_worker;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA onefold, onefold_out TO onefold_worker;
    REVOKE UPDATE, DELETE ON onefold.audit_log, onefold.audit_roots, onefold.merges FROM onefold_worker;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA onefold TO onefold_worker;
    ALTER DEFAULT PRIVILEGES IN SCHEMA onefold, onefold_out GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO onefold_worker;
    ALTER DEFAULT PRIVILEGES IN SCHEMA onefold GRANT USAGE ON SEQUENCES TO onefold_worker;
    GRANT EXECUTE ON FUNCTION onefold.ensure_event_month(date) TO onefold_worker;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'onefold_reader') THEN
    GRANT USAGE ON SCHEMA onefold_out TO onefold_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA onefold_out TO onefold_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA onefold_out GRANT SELECT ON TABLES TO onefold_reader;
  END IF;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION onefold.ensure_event_month(date) FROM PUBLIC;
--> statement-breakpoint
COMMENT ON SCHEMA onefold_out IS 'What consumers read: one row a person, pseudonymous. Published as a whole, never half.';
--> statement-breakpoint
COMMENT ON TABLE onefold_out.unified_profiles IS 'One row a person. Pseudonymous: a keyed id and generalized attributes only.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.profile_id IS 'Keyed pseudonym of the person; stable for life, merged ids lead on in profile_redirects';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.age_band IS 'Age at as_of in bands, 25-34 say; null when the birth date is unknown';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.sex IS 'f, m or x as told by a source; null when unknown';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.country IS 'ISO 3166-1 alpha-2 country of the address';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.region IS 'State, county or region of the address';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.postcode_prefix IS 'First part of the postcode';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.language IS 'Language as told by a source';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.has_email IS 'Whether a usable e-mail address is known';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.has_phone IS 'Whether a usable phone number is known';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.email_class IS 'freemail, company or none';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.records IS 'Source records that make up this person';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.sources IS 'Names of the sources that know this person, sorted';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.last_active_at IS 'Last purchase or end of a session';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.purchases IS 'Number of different orders, all time';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.total_spent IS 'Sum of order lines, all time, in the currency of the source';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.average_order_value IS 'total_spent / purchases; null without purchases';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.last_purchase_at IS 'Time of the last order';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.recency_days IS 'Whole days from the last purchase to as_of';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.sessions IS 'Sessions on all devices, all time';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.sessions_30d IS 'Sessions that began in the 30 days before as_of';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.r IS 'Recency score, 1 to 5, 5 is most recent; null without purchases';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.f IS 'Frequency score, 1 to 5';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.m IS 'Monetary score, 1 to 5';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.rfm_score IS 'The three scores as one number, 545 say';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.segments IS 'Ids of the segments the person is in as of as_of, sorted';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.revision IS 'Rises with each change of the composed profile';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.as_of IS 'The instant all numbers of the row refer to';
--> statement-breakpoint
COMMENT ON TABLE onefold_out.segments IS 'The segments there are, with their sizes at the last publication.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.segment_id IS 'Identity of the segment together with its version; names may repeat';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.version IS 'Rises when the definition changes';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.name IS 'Name for people';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.description IS 'The rule in words';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.owner IS 'Who answers for the segment';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.members IS 'Members at as_of';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segments.as_of IS 'The instant of the evaluation';
--> statement-breakpoint
COMMENT ON TABLE onefold_out.segment_memberships IS 'Who is and was in which segment, and why.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.profile_id IS 'Joins unified_profiles';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.segment_id IS 'Joins segments';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.version IS 'Version of the definition that was evaluated';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.reason IS 'Why the person is in, in numbers';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.valid_from IS 'Member from this instant';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.segment_memberships.valid_to IS 'Member until this instant; null while a member';
--> statement-breakpoint
COMMENT ON TABLE onefold_out.profile_redirects IS 'Where an id you may still hold leads today.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.profile_redirects.from_profile_id IS 'An id that was published once';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.profile_redirects.to_profile_id IS 'The id of the same person today';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.profile_redirects.since IS 'When the two became one';
