CREATE TABLE "onefold"."read_keys" (
	"key_id" uuid PRIMARY KEY NOT NULL,
	"hash" uuid NOT NULL,
	"reader" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "read_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "spent_30d" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "spent_change_30d" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "period_purchases" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "period_spent" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "days_between_purchases" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "purchase_overdue" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "hours_to_first_purchase" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "purchase_days" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "priced_repeat_days" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "repeat_day_amount" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "sessions_7d" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "sessions_trend" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "days_between_sessions" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "pages_per_session" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "features_used_30d" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "product_views" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "searches" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "filters" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "cart_additions" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "checkouts" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "open_rate" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "click_rate" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "replies" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "ad_clicks" integer;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "engagement_score" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "recency_z" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "frequency_z" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "monetary_z" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "p_alive" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "expected_purchases" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "lifetime_value" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."features" ADD COLUMN "composite_index" double precision;--> statement-breakpoint
ALTER TABLE "onefold"."scorings" ADD COLUMN "lifetime" jsonb;--> statement-breakpoint
ALTER TABLE "onefold"."scorings" ADD COLUMN "composite_index" jsonb;--> statement-breakpoint
ALTER TABLE "onefold_out"."unified_profiles" ADD COLUMN "p_alive" double precision;--> statement-breakpoint
ALTER TABLE "onefold_out"."unified_profiles" ADD COLUMN "expected_purchases" double precision;--> statement-breakpoint
ALTER TABLE "onefold_out"."unified_profiles" ADD COLUMN "lifetime_value" double precision;--> statement-breakpoint
ALTER TABLE "onefold_out"."unified_profiles" ADD COLUMN "engagement_score" double precision;--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.p_alive IS 'Chance, 0 to 1, that the person still buys, by the model of the last scoring; null without purchases, and while too few people came back to learn from';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.expected_purchases IS 'Days of purchase expected within the horizon of the settings (a year by default)';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.lifetime_value IS 'What those are expected to come to, each discounted to as_of; null where amounts are not known';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.unified_profiles.engagement_score IS '0 to 100: how often the person came within 30 days, how much they used, how lately; null when never active';
