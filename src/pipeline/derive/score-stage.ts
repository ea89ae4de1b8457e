import type { JSONValue } from 'postgres'
import { DAY_MS } from '../../feature/count-utc-days.ts'
import type { RfmRow, RfmScore } from '../../feature/score-rfm.ts'
import { isDerivedBy, keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { unsettle } from '../../store/behaviour/save-due.ts'
import {
  type Buyer,
  fingerprintScores,
  loadBuyers,
  saveScores,
  type ScoreRow,
} from '../../store/behaviour/save-scores.ts'
import { inLease } from '../../store/in-transaction.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import { loadRun } from '../../store/run/load-run.ts'
import type { Context } from '../context.ts'
import { readAsOf } from '../read-as-of.ts'
import type { Stage } from '../stage.ts'
import { foretellBuyers } from './foretell-buyers.ts'
import { indexEverybody } from './index-everybody.ts'
import { isAnyOld, type Learner } from './learn-when-due.ts'
import { scoreBuyers } from './score-buyers.ts'

/**
 * features → RFM scores with the cut points that made them [E2], and what buyers will do with the model that foretells
 * it [E8], and the composite index of everybody [E7]. One chunk: either needs everybody. What scores go by is learnt now and
 * then [F6]. Nothing is done while what they are made from is what it was, on the same UTC day, and nothing is due to be learnt.
 */
export const scoreStage: Stage = { name: 'score', plan: async () => [{}], work: score }

async function score(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const { settings } = context
    const run = await loadRun(tx, chunk.runId)
    const asOf = readAsOf(run)
    const learner = { tx, settings, runId: chunk.runId, asOf, isAsked: run.params['refit'] === true }
    const { rfm, lifetime: foretelling, composite_index: index = null, schedules } = settings
    const describe = async (): Promise<JSONValue> => ({
      ...{
        method: rfm.method,
        lifetime: foretelling,
        index: index as unknown as JSONValue,
        schedules: { models: schedules.models, thresholds: schedules.thresholds },
        endDay: Math.floor(asOf.getTime() / DAY_MS),
      },
      fingerprint: await fingerprintScores(tx, index?.features.map(({ feature }) => feature) ?? []),
    })
    if (!learner.isAsked && (await isDerivedBy(tx, 'scores', await describe())) && !(await isAnyOld(learner))) {
      await finishChunk(tx, chunk, { scored: 0 })
      return
    }
    const scored = await scoreEverybody(learner)
    await keepDerivationSettings(tx, 'scores', await describe())
    await finishChunk(tx, chunk, { scored })
  })
}

/** Scores everybody; returns how many have recency, frequency and money. */
async function scoreEverybody(learner: Learner): Promise<number> {
  const { tx, runId, asOf, settings } = learner
  const buyers = await loadBuyers(tx)
  const rfm = await scoreBuyers(learner, buyers.filter(({ periodPurchases }) => periodPurchases > 0).map(toRfmRow))
  const lifetime = await foretellBuyers(learner, buyers)
  const index = await indexEverybody(learner)
  const scoreOf = new Map(rfm.scores.map((row) => [row.id, row]))
  const rows = new Map<string, ScoreRow>()
  for (const [profileId, compositeIndex] of index?.scores ?? []) rows.set(profileId, { profileId, compositeIndex })
  for (const [n, { profileId }] of buyers.entries()) {
    rows.set(profileId, {
      ...{ ...rows.get(profileId), profileId },
      ...toScores(scoreOf.get(profileId)),
      ...lifetime?.foretold[n],
    })
  }
  const changed = await saveScores(
    tx,
    {
      ...{ runId, asOf, method: settings.rfm.method, scored: rfm.scores.length },
      ...{ cutPoints: rfm.learnt, lifetime: lifetime?.learnt, index: index?.learnt },
    },
    [...rows.values()],
  )
  await unsettle(tx, changed)
  return rfm.scores.length
}

function toRfmRow({ profileId, recencyDays, periodPurchases, periodSpent }: Buyer): RfmRow {
  return { id: profileId, recencyDays, frequency: periodPurchases, monetary: periodSpent }
}

function toScores(scored: RfmScore | undefined): Partial<ScoreRow> {
  if (scored === undefined) return {}
  const { id: _, combined, ...scores } = scored
  return { ...scores, rfmScore: combined }
}
