import { chooseRules, type RuleChoice } from './choose-rules.ts'
import { clusterLinks } from './cluster-links.ts'
import { countLevels } from './count-levels.ts'
import { dropMarkers } from './drop-markers.ts'
import { findPairs, type RuleUse } from './find-pairs.ts'
import { openEvidence } from './open-evidence.ts'
import { countPairs, type PairSpace } from './pair-space.ts'
import { openPatternCounter, type PatternTable } from './pattern-table.ts'
import { rankRows } from './rank-rows.ts'
import { openScorer, scorePatterns, type PatternScores } from './score-patterns.ts'
import type { Table } from './table.ts'
import { trainModel, type Training } from './train-model.ts'
import type { UnderstoodColumn } from './understanding.ts'

export interface ResolveOptions {
  readonly linkOnly: boolean
  /** Latest year that two-digit years can mean. */
  readonly pivotYear: number
  /** Told the name of each step as it begins. */
  readonly onStep?: (step: string) => void
}

export interface Resolution {
  /** The lowest row of a row's cluster, one a row. */
  readonly clusterOf: Int32Array
  readonly choice: RuleChoice
  readonly uses: readonly RuleUse[]
  readonly training: Training
  readonly patterns: PatternTable
  readonly scores: PatternScores
  readonly pairs: { readonly a: Int32Array; readonly b: Int32Array; readonly pattern: Int32Array }
}

const MATCH = 0.5

/** Finds out which rows of a table are one person, without labels: rules, candidates, training, scores, clusters. */
export function resolveTable(
  given: Table,
  understood: readonly UnderstoodColumn[],
  { linkOnly, pivotYear, onStep }: ResolveOptions,
): Resolution {
  const table = { ...given, columns: given.columns.map(dropMarkers) }
  const { rowCount } = table
  onStep?.('evidence')
  const evidence = openEvidence(table, understood, { pivotYear })
  const { comparisons } = evidence
  const used = table.columns.filter((_, at) => !['row_id', 'ignored'].includes(understood[at]!.use))
  const order = rankRows(used, rowCount)
  const space: PairSpace = { rowCount, fileOf: table.fileOf, fileCount: table.files.length, linkOnly }
  const perFile = new Float64Array(space.fileCount)
  for (let row = 0; row < rowCount; row++) perFile[table.fileOf[row]!]!++
  const allPairs = countPairs(perFile, linkOnly)
  onStep?.('levels')
  const counted = countLevels(comparisons, space, order)
  onStep?.('rules')
  const budget = Math.max(3_000_000, 20 * rowCount)
  const choice = chooseRules(
    evidence,
    comparisons.map(({ levels }) => levels.map(({ m }) => m)),
    order,
    budget,
  )
  onStep?.('pairs')
  const width = comparisons.length
  const counter = openPatternCounter(width)
  const levels = new Int8Array(width)
  let capacity = 1 << 16
  let a = new Int32Array(capacity)
  let b = new Int32Array(capacity)
  let pattern = new Int32Array(capacity)
  let count = 0
  const rules = choice.rules.map(({ rule }) => rule)
  const uses = findPairs(
    rules,
    space,
    () => 0,
    1000,
    (rowA, rowB) => {
      for (let at = 0; at < width; at++) levels[at] = comparisons[at]!.compare(rowA, rowB)
      if (count === capacity) {
        capacity *= 2
        a = widen(a, capacity)
        b = widen(b, capacity)
        pattern = widen(pattern, capacity)
      }
      a[count] = rowA
      b[count] = rowB
      pattern[count++] = counter.count(levels)
    },
  )
  const patterns = counter.finish()
  onStep?.('training')
  const training = trainModel({
    comparisons,
    patterns,
    counted,
    allPairs,
    rowCount,
    rules,
    expectedRecall: choice.expectedRecall,
  })
  const scores = scorePatterns(patterns, training.model)
  onStep?.('clusters')
  const pairs = { a: a.subarray(0, count), b: b.subarray(0, count), pattern: pattern.subarray(0, count) }
  const scorer = openScorer(training.model)
  const rankOf = new Int32Array(rowCount)
  order.forEach((row, rank) => (rankOf[row] = rank))
  const clusterOf = clusterLinks({
    rowCount,
    pairs,
    scores,
    match: MATCH,
    rankOf,
    scoreOfPattern: scores.oddsBits.map(clampBits),
    scoreOf: (rowA, rowB) => {
      for (let at = 0; at < width; at++) levels[at] = comparisons[at]!.compare(rowA, rowB)
      return clampBits(scorer(levels, 0))
    },
  })
  return { clusterOf, choice, uses, training, patterns, scores, pairs }
}

/** No pair counts for more than this in a mean, either way, so that one cannot drown the rest. */
const MOST_BITS = 8
const clampBits = (bits: number): number => Math.max(-MOST_BITS, Math.min(MOST_BITS, bits))

function widen(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity)
  wider.set(array)
  return wider
}
