import type { Attribute } from './attribute.ts'
import { FREQUENCY_EDGES } from './level-priors.ts'

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
    const share = count / Math.max(1, rows)
    const at = FREQUENCY_EDGES.findIndex((edge) => share <= edge)
    return at < 0 ? FREQUENCY_EDGES.length : at
  })
}
