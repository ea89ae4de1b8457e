ALTER TABLE "onefold"."features" ADD COLUMN "categories" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "scroll_depth" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "branch_share_90d" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "digital_share_90d" double precision;