CREATE TABLE "onefold"."score_history" (
	"profile_id" uuid NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"scoring" uuid NOT NULL,
	"r" smallint,
	"f" smallint,
	"m" smallint,
	"rfm_score" smallint,
	"p_alive" double precision,
	"expected_purchases" double precision,
	"lifetime_value" double precision,
	"composite_index" double precision,
	CONSTRAINT "score_history_pkey" PRIMARY KEY("profile_id","valid_from")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "score_history_one_open" ON "onefold"."score_history" USING btree ("profile_id") WHERE valid_to IS NULL;--> statement-breakpoint
CREATE VIEW "onefold_out"."score_history" AS (SELECT person.pseudonym AS profile_id, history.valid_from, history.valid_to, history.scoring, history.r,
      history.f, history.m, history.rfm_score, history.p_alive, history.expected_purchases, history.lifetime_value,
      history.composite_index
    FROM onefold.score_history AS history JOIN onefold.profiles AS person USING (profile_id));--> statement-breakpoint
CREATE VIEW "onefold_out"."scorings" AS (SELECT run_id AS scoring, as_of, scored AS buyers, method,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'r') AS point) AS r_cut_points,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'f') AS point) AS f_cut_points,
      ARRAY(SELECT point::float8 FROM jsonb_array_elements_text(cut_points -> 'm') AS point) AS m_cut_points,
      lifetime ->> 'model' AS model, lifetime -> 'parameters' AS model_parameters,
      lifetime -> 'spending' -> 'parameters' AS spending_parameters,
      (lifetime ->> 'horizonDays')::float8 AS horizon_days, (lifetime ->> 'discount')::float8 AS discount,
      (lifetime -> 'holdOut' ->> 'weeks')::float8 AS test_weeks,
      (lifetime -> 'holdOut' ->> 'expected')::float8 AS test_expected,
      (lifetime -> 'holdOut' ->> 'actual')::float8 AS test_actual,
      (lifetime -> 'holdOut' ->> 'meanAbsoluteError')::float8 AS test_error, composite_index
    FROM onefold.scorings);--> statement-breakpoint
COMMENT ON VIEW onefold_out.score_history IS 'What the scores of people are and were. Written by each scoring, whose walk publishes unified_profiles at its end.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.profile_id IS 'Joins unified_profiles; who was merged since stays under the id of then, profile_redirects leads on';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.valid_from IS 'These scores held from this instant: the as_of of their scoring';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.valid_to IS 'They held until this instant; null while they hold';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.scoring IS 'Joins scorings: the cut points and models they were made by';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.r IS 'Recency score, 1 to 5, 5 is most recent; null of who is no buyer';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.f IS 'Frequency score, 1 to 5';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.m IS 'Monetary score, 1 to 5';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.rfm_score IS 'The three scores as one number, 545 say';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.p_alive IS 'Chance that somebody still buys, 0 to 1. This and what follows is within a tenth, of 1 or of itself if that is more, of what it was at any instant of the row';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.expected_purchases IS 'Days of purchase to come within the horizon of the scoring';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.lifetime_value IS 'What they will come to, discounted; in the currency of the source';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.score_history.composite_index IS 'The composite index; null unless one is declared';
--> statement-breakpoint
COMMENT ON VIEW onefold_out.scorings IS 'What each scoring of everybody went by.';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.scoring IS 'Id of the scoring, that of its run; later ones sort later';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.as_of IS 'The instant the scores refer to';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.buyers IS 'Buyers who got recency, frequency and monetary scores';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.method IS 'How buyers were cut into fifths: ntile, cume_dist or quantile';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.r_cut_points IS 'Days since the last purchase up to which R is 5, 4, 3 and 2; above the last it is 1. Of ntile, equal values may lie on either side';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.f_cut_points IS 'Purchases up to which F is 1, 2, 3 and 4; null below which nobody is';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.m_cut_points IS 'Money up to which M is 1, 2, 3 and 4; null below which nobody is';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.model IS 'bg_nbd or pareto_nbd; null where too few had come back to learn from';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.model_parameters IS 'Its parameters, by their names in the papers';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.spending_parameters IS 'Those of Gamma-Gamma for money; null where too few amounts are known';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.horizon_days IS 'Days that expected_purchases and lifetime_value look ahead';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.discount IS 'What money is worth less for each year that it comes later';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.test_weeks IS 'Weeks at the end that a second fit was not told, as a test; null where too few had come back before';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.test_expected IS 'Days of purchase it foretold for them';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.test_actual IS 'Days of purchase that came';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.test_error IS 'Mean absolute error a buyer, in days of purchase';
--> statement-breakpoint
COMMENT ON COLUMN onefold_out.scorings.composite_index IS 'Features, weights and explained share of the composite index; null unless one is declared';
