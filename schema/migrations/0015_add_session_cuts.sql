ALTER TABLE "onefold"."events" ADD COLUMN "campaign" uuid;--> statement-breakpoint
ALTER TABLE "onefold"."sessions" ADD COLUMN "quarantined" boolean DEFAULT false NOT NULL;