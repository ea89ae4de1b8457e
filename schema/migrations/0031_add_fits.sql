CREATE TABLE "onefold"."fits" (
	"kind" text NOT NULL,
	"run_id" uuid NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"settings" jsonb NOT NULL,
	"people" bigint NOT NULL,
	"sample" uuid[] NOT NULL,
	"fitted" jsonb NOT NULL,
	CONSTRAINT "fits_pkey" PRIMARY KEY("kind","run_id")
);
--> statement-breakpoint
ALTER TABLE "onefold"."scorings" ADD COLUMN "thresholds_as_of" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "onefold"."scorings" ADD COLUMN "model_as_of" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "onefold"."scorings" ADD COLUMN "index_as_of" timestamp with time zone;--> statement-breakpoint
-- Until now each scoring learnt all of it.
UPDATE "onefold"."scorings" SET "thresholds_as_of" = "as_of", "model_as_of" = CASE WHEN "lifetime" IS NOT NULL THEN "as_of" END,
  "index_as_of" = CASE WHEN "composite_index" IS NOT NULL THEN "as_of" END;--> statement-breakpoint
CREATE OR REPLACE VIEW "onefold_out"."scorings" AS (SELECT run_id AS scoring, as_of, scored AS buyers, method,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'r') AS point) AS r_cut_points,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'f') AS point) AS f_cut_points,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'm') AS point) AS m_cut_points,
      lifetime ->> 'model' AS model, lifetime -> 'parameters' AS model_parameters,
      lifetime -> 'spending' -> 'parameters' AS spending_parameters,
      (lifetime ->> 'horizonDays')::float8 AS horizon_days, (lifetime ->> 'discount')::float8 AS discount,
      (lifetime -> 'holdOut' ->> 'weeks')::float8 AS test_weeks,
      (lifetime -> 'holdOut' ->> 'expected')::float8 AS test_expected,
      (lifetime -> 'holdOut' ->> 'actual')::float8 AS test_actual,
      (lifetime -> 'holdOut' ->> 'meanAbsoluteError')::float8 AS test_error, composite_index,
      thresholds_as_of, model_as_of, index_as_of
    FROM onefold.scorings);--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.thresholds_as_of IS 'As of when the cut points were learnt: of ntile as_of itself, else as_of or up to schedules.thresholds before';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.model_as_of IS 'As of when the models of what buyers will do were learnt, their test included; null without one';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.index_as_of IS 'As of when the weights and spreads of the composite index were learnt; null without one';
