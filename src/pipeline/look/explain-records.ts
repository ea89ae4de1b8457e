import { type ExplainedLine, explainPair, type PairExplanation } from '../../matching/explain-pair.ts'
import { listComparedValues } from '../../matching/list-compared-values.ts'
import { MISSING } from '../../matching/comparison.ts'
import { maskValue } from '../../privacy/mask-value.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import type { DecisionVerdict } from '../../store/decision/decision.ts'
import { findLiveDecisions } from '../../store/decision/find-live-decisions.ts'
import { findJudgement, type StoredJudgement } from '../../store/identity/find-judgement.ts'
import { findProfilesOfRecords } from '../../store/identity/find-profile.ts'
import { loadMatchesOfProfile } from '../../store/identity/load-matches-of-profile.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { loadJudging } from '../resolve/load-judging.ts'
import { findTwoRecords } from './find-records.ts'

/** A comparison with what each record says there, masked unless revealed. */
export interface ValuedLine extends ExplainedLine {
  readonly left: readonly string[]
  readonly right: readonly string[]
}

export interface PairDecided {
  readonly actId: string
  readonly verdict: DecisionVerdict
  readonly decidedBy: string
  readonly decidedAt: Date
  /** Whether a run has clustered by it. */
  readonly isTakenUp: boolean
  /** What would be judged without it. */
  readonly otherwise: string
}

export interface RecordsExplanation {
  readonly recordIds: readonly [string, string]
  readonly sameProfile: boolean
  readonly profileIds: readonly [string | undefined, string | undefined]
  readonly explanation: Omit<PairExplanation, 'lines'> & { readonly lines: readonly ValuedLine[] }
  /** What a person said of the pair, which outranks what follows from the records. */
  readonly decision: PairDecided | undefined
  /** What runs judged and kept. Plainly distinct pairs are not kept, nor is what was never compared. */
  readonly stored: StoredJudgement | undefined
  /** Whether judging anew says the same, to the bit; undefined when nothing was kept (P20). */
  readonly isAsStored: boolean | undefined
  /** When they are one person only by way of others: the records from one to the other, each matching the next. */
  readonly chain: readonly string[]
}

/**
 * Why two records are one person, or why not [C7]: judged anew from the ledger by the model in force, beside what is
 * stored. Values are masked; with `reveal` they are clear, and the audit log says so. Throws `record.not_found`.
 */
export async function explainRecords(
  context: Context,
  left: string,
  right: string,
  { reveal = false }: { readonly reveal?: boolean } = {},
): Promise<RecordsExplanation> {
  return inTransaction(context.store.sql, async (tx) => {
    const [first, second] = await findTwoRecords(context, tx, [left, right])
    const [a, b] = [first.recordId, second.recordId]
    const profiles = await findProfilesOfRecords(tx, [a, b])
    const profileIds = [profiles.get(a), profiles.get(b)] as const
    const judging = await loadJudging(context, tx)
    const rules = judging.open([first.record, second.record])
    const evidence = explainPair(first.record, second.record, rules)
    const [decision] = await findLiveDecisions(tx, [a < b ? { a, b } : { a: b, b: a }])
    const said = decision?.verdict
    const isDecided = decision !== undefined && decision.takenUpAt !== null && (said === 'same' || said === 'different')
    const explanation = isDecided ? explainPair(first.record, second.record, { ...rules, decision: said }) : evidence
    const stored = await findJudgement(tx, a, b)
    const sameProfile = profileIds[0] !== undefined && profileIds[0] === profileIds[1]
    const chain =
      sameProfile && explanation.judgement.verdict !== 'match'
        ? findChain(await loadMatchesOfProfile(tx, profileIds[0]), a, b)
        : []
    if (reveal) {
      const details = { other: b }
      await appendAudit(tx, { actor: context.actor, action: 'records.revealed', subject: a, details })
    }
    const show = (values: readonly string[]): readonly string[] => (reveal ? values : values.map(maskValue))
    const lines = explanation.lines.map((line): ValuedLine => {
      const valuesOf = ({ record }: typeof first): readonly string[] =>
        show(listComparedValues(line.comparison, record))
      return { ...line, left: valuesOf(first), right: valuesOf(second) }
    })
    return {
      recordIds: [a, b],
      sameProfile,
      profileIds,
      explanation: { ...explanation, lines },
      decision:
        decision === undefined || decision.verdict === 'withdrawn'
          ? undefined
          : {
              actId: decision.actId,
              verdict: decision.verdict,
              decidedBy: decision.decidedBy,
              decidedAt: decision.decidedAt,
              isTakenUp: decision.takenUpAt !== null,
              otherwise: evidence.sentence,
            },
      stored,
      isAsStored: stored && isAsStored(evidence, stored),
      chain,
    }
  })
}

/** A stored weight has single precision; a judgement's is a multiple of 1/1024, so that none is lost. */
function isAsStored({ judgement, lines, modelVersion }: PairExplanation, stored: StoredJudgement): boolean {
  const { verdict, because, identifierKind, strengthBits, score } = judgement
  const levelOf = new Map(score.parts.map(({ comparison, level }) => [comparison, level]))
  const levels = lines
    .filter(({ comparison }) => comparison !== 'household')
    .map(({ comparison }) => levelOf.get(comparison) ?? MISSING)
  return (
    verdict === stored.verdict &&
    because === stored.because &&
    (identifierKind ?? null) === stored.identifierKind &&
    Math.fround(strengthBits) === stored.strengthBits &&
    modelVersion === stored.modelVersion &&
    levels.join() === stored.levels.join()
  )
}

/** The shortest way between two records along matches, ends included; empty when there is none. */
function findChain(matches: readonly { readonly a: string; readonly b: string }[], from: string, to: string): string[] {
  const before = new Map<string, string | undefined>([[from, undefined]])
  for (const record of before.keys()) {
    for (const { a, b } of matches) {
      const next = a === record ? b : b === record ? a : undefined
      if (next !== undefined && !before.has(next)) before.set(next, record)
    }
  }
  if (!before.has(to)) return []
  const chain: string[] = []
  for (let at: string | undefined = to; at !== undefined; at = before.get(at)) chain.unshift(at)
  return chain
}
