import type { Attribute } from './attribute.ts'
import { classFrequencies } from './class-frequencies.ts'
import { MISSING, type Comparison } from './comparison.ts'
import type { ComparisonKind } from './level-priors.ts'
import type { EvidenceDraft } from './evidence.ts'
import { openLevelMemo } from './open-level-memo.ts'
import { EXACT_LEVELS, spreadLevels } from './spread-levels.ts'

interface ValueOptions {
  /** Off where values hardly repeat and comparing is cheaper than looking up. */
  readonly remember?: boolean
  /** True only where `compare` would say the last level: asked first, of codes. */
  readonly isDifferent?: (a: number, b: number) => boolean
}

/**
 * A comparison of one attribute: equal values are exact in the class of their frequency, others are what `compare`
 * says as a place among the kind's levels, asked once per pair of values.
 */
export function openValueComparison<Item>(
  draft: EvidenceDraft,
  name: string,
  kind: ComparisonKind,
  attribute: Attribute,
  itemOf: (code: number) => Item,
  compare: (a: Item, b: Item) => number,
  { remember = true, isDifferent }: ValueOptions = {},
): Comparison {
  const { codes, keys } = attribute
  const classOf = draft.derive(`classes of ${kind} ${name}`, () =>
    classFrequencies(attribute, draft.frequencies?.get(name)),
  )
  const ask = (a: number, b: number): number => compare(itemOf(a), itemOf(b))
  const levelOf = remember ? openLevelMemo(keys.size, ask) : ask
  const levels = spreadLevels(kind, attribute, classOf)
  const others = attribute.others ?? []
  const lists = [codes, ...others]
  const compareCodes = (a: number, b: number): number => {
    if (a === 0 || b === 0) return MISSING
    if (a === b) return classOf[a]!
    if (isDifferent?.(a, b) === true) return levels.length - 1
    const level = levelOf(a, b)
    return level < 0 ? MISSING : level + EXACT_LEVELS - 1
  }
  const compareFirst = (rowA: number, rowB: number): number => compareCodes(codes[rowA]!, codes[rowB]!)
  const compareBest = (rowA: number, rowB: number): number => {
    let best = MISSING
    for (const listA of lists) {
      for (const listB of lists) {
        const level = compareCodes(listA[rowA]!, listB[rowB]!)
        if (level !== MISSING && (best === MISSING || level < best)) best = level
      }
    }
    return best
  }
  return {
    name,
    kind,
    levels,
    groupOf: new Uint8Array(levels.length),
    exactLevels: EXACT_LEVELS,
    strata: [codes],
    ...(others.length === 0 && { levelOfShared: (code: number) => classOf[code]! }),
    classOf,
    keys,
    isKnown: (row) => codes[row] !== 0,
    compare: others.length === 0 ? compareFirst : compareBest,
  }
}
