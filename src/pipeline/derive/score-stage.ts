import type { JSONValue } from 'postgres'
import { DAY_MS } from '../../feature/count-utc-days.ts'
import type { RfmStanding } from '../../feature/score-rfm.ts'
import { joinDueRanges } from '../../store/behaviour/due-ranges.ts'
import { isDerivedBy, keepDerivationSettings } from '../../store/behaviour/keep-derivation-settings.ts'
import { unsettle } from '../../store/behaviour/save-due.ts'
import { readBuyers } from '../../store/behaviour/load-buyers.ts'
import {
  appendScoring,
  fingerprintScores,
  forgetIndexes,
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
import { openForeteller } from './open-foreteller.ts'
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

/** People without purchases who are written at a time. */
const AT_ONCE = 5_000

/** Scores everybody, some at a time; returns how many have recency, frequency and money. */
async function scoreEverybody(learner: Learner): Promise<number> {
  const { tx, runId, asOf, settings } = learner
  const rfm = await scoreBuyers(learner)
  const lifetime = await openForeteller(learner)
  const index = await indexEverybody(learner)
  await joinDueRanges(tx, 'unsettled')
  const indexOf = new Map(index?.scores)
  await unsettle(tx, await forgetIndexes(tx, [...indexOf.keys()]))
  let place = 0
  // Written while the next are foretold.
  let saving: Promise<void> = Promise.resolve()
  for await (const buyers of readBuyers(tx)) {
    const rows = buyers.map((buyer): ScoreRow => {
      const { profileId, periodPurchases } = buyer
      const compositeIndex = indexOf.get(profileId)
      indexOf.delete(profileId)
      const standing = periodPurchases > 0 ? toScores(rfm.standingOf(place++)) : undefined
      return Object.assign(
        { profileId },
        standing,
        lifetime?.foretell(buyer),
        compositeIndex !== undefined && { compositeIndex },
      )
    })
    await saving
    saving = saveAnother(tx, rows)
    // What fails is thrown where it is waited for.
    saving.catch(() => {})
  }
  await saving
  const others = Array.from(indexOf, ([profileId, compositeIndex]): ScoreRow => ({ profileId, compositeIndex }))
  for (let from = 0; from < others.length; from += AT_ONCE) {
    await saveAnother(tx, others.slice(from, from + AT_ONCE))
  }
  await appendScoring(tx, {
    ...{ runId, asOf, method: settings.rfm.method, scored: rfm.scored },
    ...{ cutPoints: rfm.learnt, lifetime: lifetime?.learnt, index: index?.learnt },
  })
  return rfm.scored
}

/** Writes scores, and has the segments judged of those whose are others than before. */
async function saveAnother(tx: Tx, rows: readonly ScoreRow[]): Promise<void> {
  await unsettle(tx, await saveScores(tx, rows))
}

function toScores({ combined, ...scores }: RfmStanding): Partial<ScoreRow> {
  return { ...scores, rfmScore: combined }
}
