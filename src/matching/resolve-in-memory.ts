import { cluster } from '../identity/cluster.ts'
import type { Clustering } from '../identity/cluster.ts'
import type { ClusterEdge, CohesionRule } from '../identity/index-graph.ts'
import type { NormalizedRecord } from '../record/normalized-record.ts'
import type { BlockingRule } from './blocking-rules.ts'
import { deriveBlockingKeys } from './derive-blocking-keys.ts'
import { deriveIdentifiers } from './derive-identifiers.ts'
import { deriveLimits } from './derive-limits.ts'
import { findCandidates } from './find-candidates.ts'
import type { BlockingReport } from './find-candidates.ts'
import { findUnjudgedPairs } from './find-unjudged-pairs.ts'
import type { IdentifierPolicies } from './identifier-policy.ts'
import { judgePair } from './judge-pair.ts'
import type { Judgement } from './judge-pair.ts'
import type { Model } from './model.ts'
import { removeBlockedValues } from './remove-blocked-values.ts'
import type { BlockedValues } from './remove-blocked-values.ts'
import type { Scorer } from './scorer.ts'

export interface ResolutionSettings {
  readonly model: Model
  /** Opened over the records given. */
  readonly scorer?: Scorer
  readonly policies: IdentifierPolicies
  readonly rules: readonly BlockingRule[]
  readonly blocked: BlockedValues
  /** Most records a blocking key may hold. */
  readonly maxBlock: number
  /** Largest group of connected records whose remaining pairs are judged, too. */
  readonly maxGroup: number
  readonly cohesion: CohesionRule
  /** Pairs people decided, by record id. */
  readonly decisions: readonly { readonly a: string; readonly b: string; readonly decision: 'same' | 'different' }[]
  /** Records whose profiles only a decision joins to each other. */
  readonly protectedIds?: readonly string[]
}

export interface ResolvableRecord {
  readonly id: string
  /** Place in the ledger; only matters for profile ids. */
  readonly seq: number
  readonly record: NormalizedRecord
  /** What blocking keys are made of when `record` says less: values are blocked after keys were made of them. */
  readonly keyed?: NormalizedRecord
  /** When the source last changed what it tells, milliseconds since 1970; absent where it does not say. */
  readonly updatedAtMs?: number
}

export interface Resolution {
  readonly clusters: Clustering['clusters']
  readonly refused: Clustering['refused']
  /** Every judged pair, `a < b`, and how it was found: a blocking rule, `group`, or `decision`. */
  readonly judgements: readonly {
    readonly a: string
    readonly b: string
    readonly foundBy: string
    readonly judgement: Judgement
  }[]
  readonly blockingReport: BlockingReport
}

/**
 * Resolves records that fit into memory: keys, candidates, judgements, clusters. Each pair is judged once, under
 * the first rule that finds it; then the pairs within each group of matching records that no rule found, so that a
 * bridge between two people shows. The order of the records changes nothing.
 */
export function resolveInMemory(records: readonly ResolvableRecord[], settings: ResolutionSettings): Resolution {
  const sorted = [...records].sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
  const clean = sorted.map(({ record }) => removeBlockedValues(record, settings.blocked))
  const keys = sorted.map(({ keyed }, number) => deriveBlockingKeys(keyed ?? clean[number]!, settings.rules))
  const ruleNames = settings.rules.map(({ name }) => name)
  const candidates = findCandidates(keys, ruleNames, settings.maxBlock)

  const numberOf = new Map(sorted.map(({ id }, number) => [id, number]))
  const pairOf = (left: number, right: number) => Math.min(left, right) * sorted.length + Math.max(left, right)
  const decisions = new Map<number, 'same' | 'different'>()
  for (const { a, b, decision } of settings.decisions) {
    const left = numberOf.get(a)
    const right = numberOf.get(b)
    if (left !== undefined && right !== undefined && left !== right) decisions.set(pairOf(left, right), decision)
  }

  const judgements: Resolution['judgements'][number][] = []
  const judged = new Set<number>()
  const judgeOnce = (left: number, right: number, foundBy: string): void => {
    const pair = pairOf(left, right)
    if (judged.has(pair)) return
    judged.add(pair)
    const decision = decisions.get(pair)
    const judgement = judgePair(clean[left]!, clean[right]!, {
      model: settings.model,
      ...(settings.scorer && { scorer: settings.scorer }),
      policies: settings.policies,
      // Already removed above.
      blocked: new Set(),
      ...(decision === undefined ? {} : { decision }),
    })
    judgements.push({ a: sorted[left]!.id, b: sorted[right]!.id, foundBy, judgement })
  }
  for (const { left, right, rule } of candidates.pairs) judgeOnce(left, right, rule)
  for (const pair of [...decisions.keys()].sort((x, y) => x - y)) {
    judgeOnce(Math.floor(pair / sorted.length), pair % sorted.length, 'decision')
  }
  const matches = judgements
    .filter(({ judgement }) => judgement.verdict === 'match')
    .map(({ a, b }): [number, number] => [numberOf.get(a)!, numberOf.get(b)!])
  for (const [left, right] of findUnjudgedPairs(sorted.length, matches, settings.maxGroup)) {
    judgeOnce(left, right, 'group')
  }

  const { clusters, refused } = cluster(
    sorted.map(({ id, updatedAtMs }, number) => ({
      id,
      identifiers: deriveIdentifiers(clean[number]!),
      ...(updatedAtMs !== undefined && { atMs: updatedAtMs }),
    })),
    judgements.map(({ a, b, judgement }): ClusterEdge => {
      return { a, b, strength: judgement.strengthBits, verdict: judgement.verdict }
    }),
    {
      neverLink: settings.decisions.filter(({ decision }) => decision === 'different').map(({ a, b }) => [a, b]),
      alwaysLink: settings.decisions.filter(({ decision }) => decision === 'same').map(({ a, b }) => [a, b]),
      protectedIds: settings.protectedIds ?? [],
      limits: deriveLimits(settings.policies),
      cohesion: settings.cohesion,
    },
  )
  return { clusters, refused, judgements, blockingReport: candidates.report }
}
