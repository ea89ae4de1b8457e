CREATE TABLE "onefold"."derivation_settings" (
	"derivation" text PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onefold"."unpublished" (
	"profile_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
INSERT INTO "onefold"."derivation_settings" ("derivation", "settings") SELECT 'sessions', "cuts" FROM "onefold"."session_cuts";--> statement-breakpoint
DROP TABLE "onefold"."session_cuts";--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "stale_at" timestamp (3) with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
CREATE INDEX "features_by_staleness" ON "onefold"."features" USING btree ("stale_at");