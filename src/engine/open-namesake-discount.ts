import type { ComparisonKind } from './level-priors.ts'
import type { TrainedModel } from './trained-model.ts'

/** What namesakes agree on, being namesakes. */
const NAMING: ReadonlySet<ComparisonKind> = new Set(['given_name', 'family_name', 'middle_name', 'sex'])
/** Bits that one further thing must say for one person: what one in four strangers share as well is no second witness. */
const LEAST_WITNESS_BITS = 2
/**
 * Rows from which a file tells for itself how rare names are: the thousandth surname of the US census of 2010 has
 * about one bearer in ten thousand, and a file of fewer rows takes such a name for as rare as any other.
 */
const TELLING_ROWS = 10_000

/** Odds of one to two: doubtful. Names that agree never speak against one person. */
const DOUBTFUL_BITS = -1

export interface NamesakeDiscount {
  /** Whether nothing besides names and sex speaks for one person, of the levels of a pair that begin at `from`. */
  readonly isNamesOnly: (levels: Int8Array, from: number) => boolean
  /** What log2 odds of such a pair become; never more than they were. */
  readonly discount: (bits: number) => number
}

/**
 * Opens what names alone are worth: a name that is rare in few rows need not be rare in the world, so odds are divided
 * by one and as often as 10,000 rows are more than the model was trained on, down to doubtful. Nearly nothing for
 * large files, 6 bits for 159 rows. Where nothing but names is compared, they are all there is and count in full.
 */
export function openNamesakeDiscount({
  comparisons,
  rowCount = Infinity,
}: Pick<TrainedModel, 'comparisons' | 'rowCount'>): NamesakeDiscount {
  const bitsOff = Math.log2(1 + TELLING_ROWS / Math.max(1, rowCount))
  const witnesses = comparisons.map(({ kind, levels }) =>
    NAMING.has(kind) ? undefined : Uint8Array.from(levels, ({ m, u }) => (m >= u * 2 ** LEAST_WITNESS_BITS ? 1 : 0)),
  )
  const hasOthers = witnesses.some((levels) => levels !== undefined)
  return {
    isNamesOnly: (levels, from) => {
      if (!hasOthers) return false
      for (let at = 0; at < witnesses.length; at++) {
        const level = levels[from + at]!
        if (level >= 0 && witnesses[at]?.[level] === 1) return false
      }
      return true
    },
    discount: (bits) => (bits <= DOUBTFUL_BITS ? bits : Math.max(DOUBTFUL_BITS, bits - bitsOff)),
  }
}
