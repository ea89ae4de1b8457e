CREATE TABLE "onefold"."segment_due" (
	"profile_id" uuid PRIMARY KEY NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "segment_due_by_instant" ON "onefold"."segment_due" USING btree ("due_at");