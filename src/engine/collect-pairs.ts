import type { Comparison, KeyRule } from './comparison.ts'
import { openPairComparing } from './compare-pairs.ts'
import { openPairFinding, ROWS_A_PART, type RulePairs } from './find-pairs.ts'
import { openPairGathering } from './gather-pairs.ts'
import { fillKeyColumns } from './key-columns.ts'
import type { PairSpace } from './pair-space.ts'
import { openPatternCounter, type PatternTable } from './pattern-table.ts'
import { shareInts } from './share-array.ts'

/** Pairs side by side: two rows and the number of the pattern they show. */
export interface PatternPairs {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly pattern: Int32Array
}

export interface RuleUse {
  readonly name: string
  /** Pairs that this rule found first. */
  readonly pairs: number
  /** Keys that more rows share than a block may have, left out, and their rows. */
  readonly largeKeys: number
  readonly droppedRows: number
}

export interface Candidates {
  readonly pairs: PatternPairs
  readonly patterns: PatternTable
  readonly uses: readonly RuleUse[]
}

/** The pairs of one part, compared; patterns are numbered within it. */
export interface ComparedPart extends PatternPairs {
  readonly patterns: PatternTable
  /** Pairs that each rule found first. */
  readonly found: Int32Array
}

/** Finds the candidates of the rules and compares each once: 12 bytes a pair, the levels kept once per pattern. */
export function collectPairs(
  comparisons: readonly Comparison[],
  rules: readonly KeyRule[],
  space: PairSpace,
  maxBlock: number,
): Candidates {
  const findPairs = openPairFinding(fillKeyColumns(rules, space.rowCount), space, maxBlock)
  const found = rules.map((_, rule) => findPairs(rule))
  const comparePart = openPartComparing(comparisons, found)
  const parts = Array.from({ length: Math.ceil(space.rowCount / ROWS_A_PART) }, (_, part) => comparePart(part))
  return joinParts(rules, found, parts, comparisons.length)
}

const PAIRS_A_BATCH = 2048

/** Opens the work on one part after the other: the pairs that rules found are gathered and compared. */
export function openPartComparing(
  comparisons: readonly Comparison[],
  found: readonly RulePairs[],
): (part: number) => ComparedPart {
  const width = comparisons.length
  const gather = openPairGathering(found)
  const compare = openPairComparing(comparisons)
  const levels = new Int8Array(PAIRS_A_BATCH * width)
  let capacity = 1 << 16
  let a = new Int32Array(capacity)
  let b = new Int32Array(capacity)
  let pattern = new Int32Array(capacity)
  return (part) => {
    const counter = openPatternCounter(width)
    const foundFirst = new Int32Array(found.length)
    let count = 0
    gather(part, (rowA, rowB, rule) => {
      if (count === capacity) {
        capacity *= 2
        a = widen(a, capacity)
        b = widen(b, capacity)
        pattern = widen(pattern, capacity)
      }
      a[count] = rowA
      b[count++] = rowB
      foundFirst[rule]!++
    })
    for (let from = 0; from < count; from += PAIRS_A_BATCH) {
      const to = Math.min(count, from + PAIRS_A_BATCH)
      compare(a.subarray(from, to), b.subarray(from, to), to - from, levels)
      for (let at = from; at < to; at++) pattern[at] = counter.count(levels, (at - from) * width, 1)
    }
    return {
      a: share(a, count),
      b: share(b, count),
      pattern: share(pattern, count),
      patterns: counter.finish(),
      found: foundFirst,
    }
  }
}

/** Puts parts together in their order: patterns are numbered as they turn up. */
export function joinParts(
  rules: readonly KeyRule[],
  found: readonly RulePairs[],
  parts: readonly ComparedPart[],
  width: number,
): Candidates {
  const total = parts.reduce((sum, part) => sum + part.a.length, 0)
  const a = shareInts(total)
  const b = shareInts(total)
  const pattern = shareInts(total)
  const counter = openPatternCounter(width)
  const pairsOf = rules.map(() => 0)
  let filled = 0
  for (const part of parts) {
    const { levels, counts } = part.patterns
    const numbers = Int32Array.from(counts, (count, number) => counter.count(levels, number * width, count))
    a.set(part.a, filled)
    b.set(part.b, filled)
    for (let pair = 0; pair < part.pattern.length; pair++) pattern[filled + pair] = numbers[part.pattern[pair]!]!
    filled += part.a.length
    part.found.forEach((pairs, rule) => (pairsOf[rule]! += pairs))
  }
  const uses = rules.map(({ name }, rule): RuleUse => {
    const { largeKeys, droppedRows } = found[rule]!
    return { name, pairs: pairsOf[rule]!, largeKeys, droppedRows }
  })
  return { pairs: { a, b, pattern }, patterns: counter.finish(), uses }
}

function share(numbers: Int32Array, count: number): Int32Array {
  const shared = shareInts(count)
  shared.set(numbers.subarray(0, count))
  return shared
}

function widen(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity)
  wider.set(array)
  return wider
}
