ALTER TABLE "onefold"."quality_results" ADD COLUMN "delivery_id" uuid;--> statement-breakpoint
ALTER TABLE "onefold"."quality_results" ADD COLUMN "line" integer;--> statement-breakpoint
ALTER TABLE "onefold"."quality_results" ADD COLUMN "column_name" text;