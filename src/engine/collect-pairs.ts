import type { Comparison, KeyRule } from './comparison.ts'
import { openPairComparing } from './compare-pairs.ts'
import { cutRanges, findPairs, openRuleGrouping, type BlockRange, type RuleBlocks } from './find-pairs.ts'
import { fillKeyMatrix, type KeyMatrix } from './key-matrix.ts'
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

/** The pairs of one range of blocks, compared; patterns are numbered within it. */
export interface ComparedRange extends PatternPairs {
  readonly patterns: PatternTable
}

/** Finds the candidates of the rules and compares each once: 12 bytes a pair, the levels kept once per pattern. */
export function collectPairs(
  comparisons: readonly Comparison[],
  rules: readonly KeyRule[],
  space: PairSpace,
  maxBlock: number,
): Candidates {
  const matrix = fillKeyMatrix(rules, space.rowCount)
  const groupRule = openRuleGrouping(matrix, space.rowCount, maxBlock)
  const blocks = rules.map((_, rule) => groupRule(rule))
  const ranges = cutRanges(blocks)
  const compareRange = openRangeComparing(comparisons, matrix, blocks, space)
  return joinRanges(rules, blocks, ranges, ranges.map(compareRange), comparisons.length)
}

const PAIRS_A_BATCH = 2048

/** Opens the work on one range after the other: its pairs are found and compared. */
export function openRangeComparing(
  comparisons: readonly Comparison[],
  matrix: KeyMatrix,
  blocks: readonly RuleBlocks[],
  space: PairSpace,
): (range: BlockRange) => ComparedRange {
  const width = comparisons.length
  const compare = openPairComparing(comparisons)
  const levels = new Int8Array(PAIRS_A_BATCH * width)
  const batchA = new Int32Array(PAIRS_A_BATCH)
  const batchB = new Int32Array(PAIRS_A_BATCH)
  let capacity = 1 << 16
  let a = new Int32Array(capacity)
  let b = new Int32Array(capacity)
  let pattern = new Int32Array(capacity)
  return (range) => {
    const counter = openPatternCounter(width)
    let count = 0
    let waiting = 0
    const flush = (): void => {
      if (count + waiting > capacity) {
        capacity *= 2
        a = widen(a, capacity)
        b = widen(b, capacity)
        pattern = widen(pattern, capacity)
      }
      compare(batchA, batchB, waiting, levels)
      for (let at = 0; at < waiting; at++) {
        a[count] = batchA[at]!
        b[count] = batchB[at]!
        pattern[count++] = counter.count(levels, at * width, 1)
      }
      waiting = 0
    }
    findPairs(matrix, blocks, space, range, (rowA, rowB) => {
      batchA[waiting] = rowA
      batchB[waiting++] = rowB
      if (waiting === PAIRS_A_BATCH) flush()
    })
    flush()
    const copy = (from: Int32Array): Int32Array => {
      const kept = shareInts(count)
      kept.set(from.subarray(0, count))
      return kept
    }
    return { a: copy(a), b: copy(b), pattern: copy(pattern), patterns: counter.finish() }
  }
}

/** Puts ranges together in their order, as if one had found all pairs: patterns are numbered as they turn up. */
export function joinRanges(
  rules: readonly KeyRule[],
  blocks: readonly RuleBlocks[],
  ranges: readonly BlockRange[],
  compared: readonly ComparedRange[],
  width: number,
): Candidates {
  const total = compared.reduce((sum, range) => sum + range.a.length, 0)
  const a = shareInts(total)
  const b = shareInts(total)
  const pattern = shareInts(total)
  const counter = openPatternCounter(width)
  const pairsOf = rules.map(() => 0)
  let filled = 0
  compared.forEach((range, at) => {
    const { levels, counts } = range.patterns
    const numbers = Int32Array.from(counts, (count, number) => counter.count(levels, number * width, count))
    a.set(range.a, filled)
    b.set(range.b, filled)
    for (let pair = 0; pair < range.pattern.length; pair++) pattern[filled + pair] = numbers[range.pattern[pair]!]!
    filled += range.a.length
    pairsOf[ranges[at]!.rule]! += range.a.length
  })
  const uses = rules.map(({ name }, rule): RuleUse => {
    const { largeKeys, droppedRows } = blocks[rule]!
    return { name, pairs: pairsOf[rule]!, largeKeys, droppedRows }
  })
  return { pairs: { a, b, pattern }, patterns: counter.finish(), uses }
}

function widen(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity)
  wider.set(array)
  return wider
}
