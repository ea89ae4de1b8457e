import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { onefoldOut } from './schemas.ts'

/** What each scoring went by, as consumers read it [E2 E7 E8]. */
export const publishedScorings = onefoldOut
  .view('scorings', {
    scoring: uuid('scoring').notNull(),
    asOf: timestamp('as_of', { withTimezone: true }).notNull(),
    buyers: bigint('buyers', { mode: 'number' }).notNull(),
    method: text('method').notNull(),
    rCutPoints: doublePrecision('r_cut_points').array().notNull(),
    fCutPoints: doublePrecision('f_cut_points').array().notNull(),
    mCutPoints: doublePrecision('m_cut_points').array().notNull(),
    model: text('model'),
    modelParameters: jsonb('model_parameters'),
    spendingParameters: jsonb('spending_parameters'),
    horizonDays: doublePrecision('horizon_days'),
    discount: doublePrecision('discount'),
    testWeeks: doublePrecision('test_weeks'),
    testExpected: doublePrecision('test_expected'),
    testActual: doublePrecision('test_actual'),
    testError: doublePrecision('test_error'),
    compositeIndex: jsonb('composite_index'),
    thresholdsAsOf: timestamp('thresholds_as_of', { withTimezone: true }),
    modelAsOf: timestamp('model_as_of', { withTimezone: true }),
    indexAsOf: timestamp('index_as_of', { withTimezone: true }),
  })
  .as(
    sql`SELECT run_id AS scoring, as_of, scored AS buyers, method,
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
    FROM onefold.scorings`,
  )
