import type { RuleChoice } from './choose-rules.ts'
import { clusterLinks } from './cluster-links.ts'
import type { Candidates } from './collect-pairs.ts'
import { collectWithCrew, type CrewWork } from './collect-with-crew.ts'
import type { Comparison, KeyRule } from './comparison.ts'
import { dropMarkers } from './drop-markers.ts'
import type { EngineModel } from './engine-model.ts'
import type { Evidence } from './evidence.ts'
import { findRules } from './join-atoms.ts'
import { chooseModelRules, fitModel, MOST_ROWS_A_KEY, type LearnedModel } from './learn-model.ts'
import { ALONE, type Crew } from './crew.ts'
import { openContradiction } from './open-contradiction.ts'
import { openEvidence } from './open-evidence.ts'
import type { EvidenceSource } from './open-task.ts'
import type { PairSpace } from './pair-space.ts'
import { openJoinScorer, scorePatterns, type PatternScores } from './score-patterns.ts'
import type { Table } from './table.ts'
import type { Training } from './train-model.ts'
import type { UnderstoodColumn } from './understanding.ts'

export interface ResolveOptions {
  readonly linkOnly: boolean
  /** Latest year that two-digit years can mean. */
  readonly pivotYear: number
  /** Scores with this model instead of training one. Its comparisons must be those of the table. */
  readonly model?: EngineModel
  /** Threads to work with; this one alone when absent. What comes out is the same. */
  readonly crew?: Crew
  /** Told the name of each step as it begins. */
  readonly onStep?: (step: string) => void
  /** Told the share of comparing that is taken, 0 to 1. */
  readonly onShare?: (share: number) => void
}

export interface Resolution extends Candidates {
  /** The lowest row of a row's cluster, one a row. */
  readonly clusterOf: Int32Array
  readonly choice: RuleChoice
  /** Absent when the model was given. */
  readonly training?: Training
  readonly model: EngineModel
  readonly scores: PatternScores
  /** What a person should know about this run, in sentences. */
  readonly notes: readonly string[]
}

/** Below this many rows the shipped beliefs weigh more than what the rows say. */
const FEW_ROWS = 300
/** No pair counts for more than this in a mean, either way, so that one cannot drown the rest. */
const MOST_BITS = 8
const clampBits = (bits: number): number => Math.max(-MOST_BITS, Math.min(MOST_BITS, bits))

/** Finds out which rows of a table are one person, without labels: rules, candidates, training, scores, clusters. */
export async function resolveTable(
  given: Table,
  understood: readonly UnderstoodColumn[],
  { linkOnly, pivotYear, model: known, crew = ALONE, onStep, onShare }: ResolveOptions,
): Promise<Resolution> {
  const table = { ...given, columns: given.columns.map(dropMarkers) }
  const { rowCount } = table
  onStep?.('normalise')
  const { source, evidence, order } = await prepare(crew, {
    table,
    understood,
    options: { pivotYear, ...(known && { frequencies: known.frequencies }) },
  })
  const { comparisons } = evidence
  const space: PairSpace = { rowCount, fileOf: table.fileOf, fileCount: table.files.length, linkOnly }
  const work: CrewWork = { crew, source, comparisons, ...(onShare && { onShare }) }
  const { choice, candidates, model, training } =
    known === undefined
      ? await learn(work, evidence, space, order, onStep)
      : await keep(work, evidence, space, known, onStep)
  const rules = choice.rules.map(({ rule }) => rule)
  const scores = scorePatterns(candidates.patterns, model)
  onStep?.('cluster')
  const scoreLevels = openJoinScorer(model)
  const levels = new Int8Array(comparisons.length)
  const rankOf = new Int32Array(rowCount)
  order.forEach((row, rank) => (rankOf[row] = rank))
  const { match } = model.thresholds
  const isOnePerFile = linkOnly && (await hasNobodyTwice(work, rules, space, model))
  const scoreOf = (rowA: number, rowB: number): number => {
    for (let at = 0; at < levels.length; at++) levels[at] = comparisons[at]!.compare(rowA, rowB)
    return clampBits(scoreLevels(levels, 0))
  }
  const areOthers = openContradiction(comparisons, scoreOf)
  const clusterOf = clusterLinks({
    rowCount,
    pairs: candidates.pairs,
    isMatch: Uint8Array.from(scores.probability, (probability) => (probability >= match ? 1 : 0)),
    scoreOfPattern: scores.oddsBits.map(clampBits),
    rankOf,
    isAnyAllowed: !isOnePerFile,
    mayJoin: (a, b) =>
      !(isOnePerFile && a.some((x) => b.some((y) => table.fileOf[x] === table.fileOf[y]))) && !areOthers(a, b),
    scoreOf,
  })
  return {
    ...candidates,
    clusterOf,
    choice,
    ...(training && { training }),
    model,
    scores,
    notes: [
      ...note(rowCount, comparisons, candidates, training),
      ...(isOnePerFile ? ['No file holds anybody twice, so a cluster has at most one row of each.'] : []),
    ],
  }
}

/** Rows of a file that would be one person with another of the same file, of all rows: below it they are taken for errors. */
const FEW_TWICE = 0.01

/** Whether the files hold hardly anybody twice, judged by the same rules and model within each file. */
async function hasNobodyTwice(
  work: CrewWork,
  rules: readonly KeyRule[],
  space: PairSpace,
  model: EngineModel,
): Promise<boolean> {
  const within: PairSpace = { ...space, linkOnly: false, withinOnly: true }
  const { candidates } = await collectWithCrew(work, rules, within, MOST_ROWS_A_KEY)
  return scorePatterns(candidates.patterns, model).expectedMatches < space.rowCount * FEW_TWICE
}

interface Prepared {
  readonly source: EvidenceSource
  readonly evidence: Evidence
  readonly order: Int32Array
}

/** What follows from all rows, those first that take longest: mailboxes, addresses and numbers differ in every row. */
const PARTS = ['email', 'address', 'order', 'phone', 'names', 'rest', 'middle', 'birth', 'sex'] as const

/** Reads what the rows say, each part in whatever thread is free, and ranks them. */
async function prepare(crew: Crew, { table, understood, options }: EvidenceSource): Promise<Prepared> {
  const ranked = table.columns.filter((_, at) => !['row_id', 'ignored'].includes(understood[at]!.use))
  const results = await crew.run<ReadonlyMap<string, unknown> | Int32Array>(
    { kind: 'derive', source: { table, understood, options }, parts: PARTS, ranked },
    PARTS.length,
  )
  const derived = new Map(results.flatMap((part) => (part instanceof Map ? [...part] : [])))
  const source: EvidenceSource = { table, understood, options: { ...options, derived } }
  return {
    source,
    evidence: openEvidence(table, understood, source.options),
    order: results[PARTS.indexOf('order')] as Int32Array,
  }
}

async function learn(
  work: CrewWork,
  evidence: Evidence,
  space: PairSpace,
  order: Int32Array,
  onStep: ResolveOptions['onStep'],
): Promise<LearnedModel> {
  onStep?.('choose rules')
  const choice = chooseModelRules(evidence, order)
  onStep?.('compare pairs')
  const rules = choice.rules.map(({ rule }) => rule)
  const { candidates, counted } = await collectWithCrew(work, rules, space, MOST_ROWS_A_KEY, order)
  onStep?.('train')
  return fitModel(evidence, space, choice, candidates, counted)
}

async function keep(
  work: CrewWork,
  evidence: Evidence,
  space: PairSpace,
  model: EngineModel,
  onStep: ResolveOptions['onStep'],
): Promise<Omit<LearnedModel, 'training'> & { readonly training?: undefined }> {
  onStep?.('choose rules')
  const rules = findRules(evidence, model.rules)
  const choice = {
    rules: rules.map((rule) => ({ rule, expectedPairs: NaN, expectedGain: NaN })),
    expectedRecall: NaN,
  }
  onStep?.('compare pairs')
  const { candidates } = await collectWithCrew(work, rules, space, MOST_ROWS_A_KEY)
  return { model, choice, candidates }
}

function note(
  rowCount: number,
  comparisons: readonly Comparison[],
  { pairs, uses }: Candidates,
  training: Training | undefined,
): readonly string[] {
  const notes: string[] = []
  if (comparisons.length === 0) notes.push('No column tells who a row is about, so nothing was compared.')
  else if (comparisons.length === 1)
    notes.push('Only one thing can be compared: rows that agree on it may still be several persons.')
  if (training !== undefined && rowCount < FEW_ROWS) {
    notes.push(`${rowCount} rows are too few to learn from alone: weights lean on the shipped beliefs.`)
  }
  if (comparisons.length > 0 && pairs.a.length === 0) notes.push('No two rows share enough to be compared.')
  if (training !== undefined && pairs.a.length > 0 && training.expectedMatches < 10) {
    notes.push('Hardly any true pair is expected: the file may hold each person once.')
  }
  const dropped = uses.reduce((sum, { droppedRows }) => sum + droppedRows, 0)
  if (dropped > 0) notes.push(`${dropped} times a key was too common to be used for a row.`)
  return notes
}
