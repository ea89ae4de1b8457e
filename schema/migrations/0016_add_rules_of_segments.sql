ALTER TABLE "onefold"."segments" ADD COLUMN "parent" text;--> statement-breakpoint
ALTER TABLE "onefold"."segments" ADD COLUMN "rule" jsonb;