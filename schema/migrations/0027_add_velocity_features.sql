ALTER TABLE "onefold"."features" ADD COLUMN "hours_from_session_to_purchase" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "abandoned_carts" integer;