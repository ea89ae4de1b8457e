-- Reasons of memberships are worded anew, and a walk that is open while the database is brought up to date was planned by
-- rules of before: whoever goes on judges and publishes everybody.
INSERT INTO onefold.segment_due (profile_id, due_at)
SELECT profile_id, '-infinity' FROM onefold.profiles WHERE dissolved_at IS NULL
ON CONFLICT (profile_id) DO UPDATE SET due_at = excluded.due_at;--> statement-breakpoint
INSERT INTO onefold.unpublished (profile_id)
SELECT profile_id FROM onefold.profiles WHERE dissolved_at IS NULL
ON CONFLICT DO NOTHING;
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.age_band IS 'Age on the first day of the month of the last run (or of the last arrival of the person), in bands, 25-34 say; null when the birth date is unknown';--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.segments IS 'Ids of the segments the person is in, sorted; as segment_memberships has them';
