import type { Comparison, KeyRule } from './comparison.ts'
import { findPairs, type RuleUse } from './find-pairs.ts'
import type { PairSpace } from './pair-space.ts'
import { openPatternCounter, type PatternTable } from './pattern-table.ts'

/** Pairs side by side: two rows and the number of the pattern they show. */
export interface PatternPairs {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly pattern: Int32Array
}

export interface Candidates {
  readonly pairs: PatternPairs
  readonly patterns: PatternTable
  readonly uses: readonly RuleUse[]
}

/** Finds the candidates of the rules and compares each once: 12 bytes a pair, the levels kept once per pattern. */
export function collectPairs(
  comparisons: readonly Comparison[],
  rules: readonly KeyRule[],
  space: PairSpace,
  maxBlock: number,
): Candidates {
  const width = comparisons.length
  const counter = openPatternCounter(width)
  const levels = new Int8Array(width)
  let capacity = 1 << 16
  let a = new Int32Array(capacity)
  let b = new Int32Array(capacity)
  let pattern = new Int32Array(capacity)
  let count = 0
  const uses = findPairs(rules, space, maxBlock, (rowA, rowB) => {
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
  })
  const pairs = { a: a.subarray(0, count), b: b.subarray(0, count), pattern: pattern.subarray(0, count) }
  return { pairs, patterns: counter.finish(), uses }
}

function widen(array: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(capacity)
  wider.set(array)
  return wider
}
