import type { Attribute } from './attribute.ts'
import { FREQUENCY_EDGES } from './level-priors.ts'

/** The pair that agrees on a value is itself two of the rows that have it, and says nothing about chance. */
const OWN = 2
/** In small files a value that two or three rows of one person share is not common yet. */
const PRIOR_ROWS = 200

/**
 * The frequency class of each value of an attribute: index of the first edge that its share of the rows that say
 * anything does not pass. `known` holds shares that a model brought along; what it does not list is rare.
 */
export function classFrequencies(
  attribute: Attribute<unknown>,
  known?: ReadonlyMap<string, number>,
): Uint8Array<ArrayBuffer> {
  let rows = 0
  for (const count of attribute.counts) rows += count
  return Uint8Array.from(attribute.counts, (count, code) => {
    const listed = known?.get(attribute.keys[code]!)
    if (known !== undefined) return listed ?? 0
    const share = Math.max(0, count - OWN) / (rows + PRIOR_ROWS)
    const at = FREQUENCY_EDGES.findIndex((edge) => share <= edge)
    return at < 0 ? FREQUENCY_EDGES.length : at
  })
}
