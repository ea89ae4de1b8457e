CREATE TABLE "onefold"."webhook_dead_letters" (
	"webhook" text NOT NULL,
	"xact" "xid8" NOT NULL,
	"seq" bigint NOT NULL,
	"code" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_dead_letters_pkey" PRIMARY KEY("webhook","seq")
);
--> statement-breakpoint
CREATE TABLE "onefold"."webhook_positions" (
	"webhook" text PRIMARY KEY NOT NULL,
	"xact" "xid8" NOT NULL,
	"seq" bigint NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"last_code" text,
	"lease" uuid,
	"leased_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "onefold"."outbox" ADD COLUMN "xact" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_by_commit" ON "onefold"."outbox" USING btree ("xact","seq");--> statement-breakpoint
CREATE VIEW "onefold_out"."change_feed" AS (SELECT change.xact, change.seq, change.kind, person.pseudonym AS profile_id, other.pseudonym AS to_profile_id,
      change.payload ->> 'segment' AS segment_id, (change.payload ->> 'version')::int AS version,
      (change.payload ->> 'revision')::int AS revision, change.at
    FROM onefold.outbox AS change
    JOIN onefold.profiles AS person ON person.profile_id = change.subject::uuid
    LEFT JOIN onefold.profiles AS other ON other.profile_id = (change.payload ->> 'to')::uuid
    WHERE change.xact < pg_snapshot_xmin(pg_current_snapshot()));--> statement-breakpoint
COMMENT ON VIEW onefold_out.change_feed IS 'What happened to people, in the order of (xact, seq). Read on from the last pair seen: nothing comes before it later.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.xact IS 'The transaction of the change; with seq its place in the feed';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.seq IS 'Number of the change, never used twice; its order within the transaction';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.kind IS 'profile.created, profile.updated, profile.merged, profile.split, profile.retired, segment.entered or segment.left';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.profile_id IS 'The person, as in unified_profiles; of a merge the one that ended';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.to_profile_id IS 'Of a merge whom it went into, of a split who began; else null';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.segment_id IS 'The segment entered or left; else null';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.version IS 'Version of the segment; else null';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.revision IS 'Revision of a created or updated profile; else null';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.change_feed.at IS 'When it was written';
