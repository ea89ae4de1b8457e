CREATE TABLE "onefold"."event_words" (
	"word_id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "onefold"."event_words_word_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text,
	CONSTRAINT "event_words_differ" UNIQUE NULLS NOT DISTINCT("kind","name")
);
--> statement-breakpoint
CREATE TABLE "onefold"."feature_due" (
	"profile_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."histories" (
	"actor_id" uuid PRIMARY KEY NOT NULL,
	"at" bigint[] NOT NULL,
	"words" integer[] NOT NULL,
	"campaigns" uuid[] NOT NULL,
	"categories" text[] NOT NULL,
	"scroll_depths" double precision[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."unstitched" (
	"actor_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"unread" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "onefold"."features_by_staleness";--> statement-breakpoint
DROP INDEX "onefold"."records_unstitched";--> statement-breakpoint
CREATE INDEX "feature_due_by_instant" ON "onefold"."feature_due" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "unstitched_by_actor" ON "onefold"."unstitched" USING btree ("actor_id");--> statement-breakpoint
ALTER TABLE "onefold"."features" DROP COLUMN "stale_at";--> statement-breakpoint
ALTER TABLE "onefold"."records" DROP COLUMN "unstitched";--> statement-breakpoint
ALTER TABLE "onefold"."records" DROP COLUMN "unstitched_from";--> statement-breakpoint
INSERT INTO "onefold"."event_words" ("kind", "name") SELECT DISTINCT "kind", "name" FROM "onefold"."events" ORDER BY 1, 2;--> statement-breakpoint
-- Nobody's history is written yet: the next run writes all.
INSERT INTO "onefold"."unstitched" ("actor_id", "since", "unread")
SELECT "record_id", '-infinity', '-infinity' FROM "onefold"."records" WHERE "kind" = 'actor';--> statement-breakpoint
INSERT INTO "onefold"."feature_due" ("profile_id", "due_at")
SELECT "profile_id", '-infinity' FROM "onefold"."profiles" WHERE "dissolved_at" IS NULL;
