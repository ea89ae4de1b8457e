import type { Attribute } from './attribute.ts'
import { FREQUENCY_EDGES } from './level-priors.ts'
import { shareBytes } from './share-array.ts'
import { openTexts } from './texts.ts'

/** The pair that agrees on a value is itself two of the rows that have it, and says nothing about chance. */
const OWN = 2
/** In small files a value that two or three rows of one person share is not common yet. */
const PRIOR_ROWS = 200

/**
 * The frequency class of each value of an attribute: index of the first edge that its share of the rows that say
 * anything does not pass. `known` holds shares that a model brought along; what it does not list is rare.
 */
export function classFrequencies({ counts, keys }: Attribute, known?: ReadonlyMap<string, number>): Uint8Array {
  let rows = 0
  for (const count of counts) rows += count
  const classOf = shareBytes(counts.length)
  const textOf = openTexts(keys)
  for (let code = 0; code < counts.length; code++) {
    if (known !== undefined) {
      classOf[code] = known.get(textOf(code)) ?? 0
      continue
    }
    const share = Math.max(0, counts[code]! - OWN) / (rows + PRIOR_ROWS)
    let at = 0
    while (at < FREQUENCY_EDGES.length && share > FREQUENCY_EDGES[at]!) at++
    classOf[code] = at
  }
  return classOf
}
