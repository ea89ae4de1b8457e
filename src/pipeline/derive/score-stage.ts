import type { JSONValue } from 'postgres'
import { deriveCompositeIndex } from '../../feature/derive-composite-index.ts'
import { deriveCutPoints } from '../../feature/derive-cut-points.ts'
import { DAY_MS } from '../../feature/count-utc-days.ts'
import { fitInputs } from '../../feature/fit-inputs.ts'
import type { NumberColumn } from '../../feature/fit-number.ts'
import { gatherOrders } from '../../feature/gather-orders.ts'
import { derivePurchaseDays } from '../../feature/lifetime/derive-purchase-days.ts'
import { fitLifetime, foretellBuyer, type Lifetime } from '../../feature/lifetime/fit-lifetime.ts'
import { DAYS_A_WEEK } from '../../feature/lifetime/purchase-summary.ts'
import { type RfmCutPoints, type RfmRow, type RfmScore, scoreRfm } from '../../feature/score-rfm.ts'
import type { Settings } from '../../config/settings.ts'
import { loadInputs } from '../../store/behaviour/load-inputs.ts'
import { isDerivedBy, keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { unsettle } from '../../store/behaviour/save-due.ts'
import { loadPurchaseSample } from '../../store/behaviour/load-purchase-sample.ts'
import {
  type Buyer,
  fingerprintScores,
  loadBuyers,
  saveScores,
  type ScoreRow,
} from '../../store/behaviour/save-scores.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'

/** Buyers that models of what they will do learn from: more would move a parameter by a hundredth of itself. */
const MOST_LEARNT_FROM = 30_000

/**
 * features → RFM scores with the cut points that made them [E2], and what buyers will do with the model that foretells
 * it [E8], and the composite index of everybody [E7]. One chunk: either needs everybody. Nothing is done while what they are made
 * from is what it was, on the same UTC day.
 */
export const scoreStage: Stage = { name: 'score', plan: async () => [{}], work: score }

async function score(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const asOf = readAsOf(await loadRun(tx, chunk.runId))
    const { rfm, lifetime: foretelling, composite_index: index = null } = context.settings
    const describe = async (): Promise<JSONValue> => ({
      ...{
        method: rfm.method,
        lifetime: foretelling,
        index: index as unknown as JSONValue,
        endDay: Math.floor(asOf.getTime() / DAY_MS),
      },
      fingerprint: await fingerprintScores(tx, index?.features.map(({ feature }) => feature) ?? []),
    })
    if (await isDerivedBy(tx, 'scores', await describe())) {
      await finishChunk(tx, chunk, { scored: 0 })
      return
    }
    const scored = await scoreEverybody(context, tx, chunk.runId, asOf)
    await keepDerivationSettings(tx, 'scores', await describe())
    await finishChunk(tx, chunk, { scored })
  })
}

/** Scores everybody; returns how many have recency, frequency and money. */
async function scoreEverybody(context: Context, tx: Tx, runId: string, asOf: Date): Promise<number> {
  const { method } = context.settings.rfm
  const buyers = await loadBuyers(tx)
  const { scores, cutPoints } = scoreBy(
    method,
    buyers.filter(({ periodPurchases }) => periodPurchases > 0).map(toRfmRow),
  )
  const lifetime = await learnLifetime(context, tx, asOf)
  const index = await deriveIndex(context, tx)
  const scoreOf = new Map(scores.map((row) => [row.id, row]))
  const rows = new Map<string, ScoreRow>(
    index?.ids.map((profileId, n) => [profileId, { profileId, compositeIndex: index.scores[n]! }]),
  )
  const endDay = Math.floor(asOf.getTime() / DAY_MS)
  for (const buyer of buyers) {
    const { profileId } = buyer
    rows.set(profileId, {
      ...{ ...rows.get(profileId), profileId },
      ...toScores(scoreOf.get(profileId)),
      ...(lifetime === undefined ? {} : foretell(lifetime, buyer, endDay, context.settings.lifetime)),
    })
  }
  const changed = await saveScores(
    tx,
    {
      ...{ runId, asOf, method, cutPoints: cutPoints as unknown as JSONValue },
      scored: scores.length,
      lifetime: lifetime === undefined ? null : describeLifetime(lifetime, context.settings.lifetime),
      index: index === undefined ? null : (index.told as unknown as JSONValue),
    },
    [...rows.values()],
  )
  await unsettle(tx, changed)
  return scores.length
}

function toRfmRow({ profileId, recencyDays, periodPurchases, periodSpent }: Buyer): RfmRow {
  return { id: profileId, recencyDays, frequency: periodPurchases, monetary: periodSpent }
}

function toScores(scored: RfmScore | undefined): Partial<ScoreRow> {
  if (scored === undefined) return {}
  const { id: _, combined, ...scores } = scored
  return { ...scores, rfmScore: combined }
}

/** `quantile` scores by the buyers' own quantiles, so that equal values have equal scores as with fixed cut points. */
function scoreBy(
  method: Settings['rfm']['method'],
  buyers: readonly RfmRow[],
): { scores: RfmScore[]; cutPoints: RfmCutPoints } {
  if (method !== 'quantile') return scoreRfm(buyers, method)
  if (buyers.length === 0) return { scores: [], cutPoints: { r: [], f: [], m: [] } }
  const cut = (values: readonly number[]): number[] =>
    deriveCutPoints(values, 5, values.every(Number.isInteger) ? 'up' : 'none')
  return scoreRfm(buyers, 'fixed', {
    r: cut(buyers.map(({ recencyDays }) => recencyDays)),
    f: cut(buyers.map(({ frequency }) => frequency)),
    m: cut(buyers.map(({ monetary }) => monetary)),
  })
}

async function learnLifetime(context: Context, tx: Tx, asOf: Date): Promise<Lifetime | undefined> {
  const sample = await loadPurchaseSample(tx, MOST_LEARNT_FROM)
  const histories = sample.map((lines) => derivePurchaseDays(gatherOrders(lines, asOf.getTime())))
  return fitLifetime(context.settings.lifetime.model, histories, Math.floor(asOf.getTime() / DAY_MS))
}

/** The composite index of everybody of whom enough of its features is known; undefined when none is declared. */
async function deriveIndex(
  { settings }: Context,
  tx: Tx,
): Promise<{ ids: readonly string[]; scores: Float64Array; told: object } | undefined> {
  const declared = settings.composite_index
  if (declared === undefined) return undefined
  const { ids, loaded } = await loadInputs(tx, declared.features, 'profile_id')
  const { people, columns, fitted } = fitInputs(loaded, ids.length)
  const scaled = columns.map((column) => (column as NumberColumn).values)
  const { scores, ...told } = deriveCompositeIndex(scaled, declared.weights)
  const features = declared.features.map(({ feature }) => feature)
  return { ids: Array.from(people, (person) => ids[person]!), scores, told: { features, ...told, inputs: fitted } }
}

function foretell(
  lifetime: Lifetime,
  { firstDay, lastDay, purchaseDays, pricedRepeatDays, repeatDayAmount }: Buyer,
  endDay: number,
  { horizon_days: horizonDays, discount }: Settings['lifetime'],
): Partial<ScoreRow> {
  const buyer = {
    repeats: purchaseDays - 1,
    lastAt: (lastDay - firstDay) / DAYS_A_WEEK,
    age: (endDay - firstDay) / DAYS_A_WEEK,
  }
  const spent = repeatDayAmount === null ? undefined : { repeats: pricedRepeatDays, mean: repeatDayAmount }
  const foretold = foretellBuyer(lifetime, buyer, spent, { horizonDays, discount })
  return {
    pAlive: round(foretold.pAlive, 6),
    expectedPurchases: round(foretold.expectedPurchases, 6),
    ...(foretold.lifetimeValue === undefined ? {} : { lifetimeValue: round(foretold.lifetimeValue, 2) }),
  }
}

function describeLifetime(
  { repeat, spending, ...measured }: Lifetime,
  { horizon_days: horizonDays, discount }: Settings['lifetime'],
): JSONValue {
  return {
    model: repeat.name,
    ...repeat.fitted,
    spending: spending ?? null,
    ...measured,
    horizonDays,
    discount,
  } as unknown as JSONValue
}

/** So many digits as a rerun on another machine gives again. */
function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
