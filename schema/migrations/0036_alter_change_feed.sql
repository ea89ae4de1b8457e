CREATE OR REPLACE VIEW "onefold_out"."change_feed" AS (SELECT change.xact, change.seq, change.kind, person.pseudonym AS profile_id, other.pseudonym AS to_profile_id,
      change.payload ->> 'segment' AS segment_id, (change.payload ->> 'version')::int AS version,
      (change.payload ->> 'revision')::int AS revision, change.at
    FROM onefold.outbox AS change
    JOIN onefold.profiles AS person ON person.profile_id = change.subject::uuid
    LEFT JOIN onefold.profiles AS other ON other.profile_id = (change.payload ->> 'to')::uuid
    WHERE change.xact < (
      SELECT CASE WHEN EXISTS (SELECT FROM onefold.runs WHERE runs.kind = 'pipeline' AND runs.state = 'open')
        THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE pg_snapshot_xmax(pg_current_snapshot()) END));