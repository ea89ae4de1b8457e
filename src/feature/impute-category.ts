import type { CategoryInput } from './model-input.ts'

/** Each person's category as its place among `categories`, -1 where it is not known. */
export interface Categories {
  readonly codes: Int32Array
  readonly categories: readonly string[]
}

/** What an attribute that is not known counts as, when that is a category of its own. */
const UNKNOWN = 'unknown'

/**
 * What stands for an attribute that is not known [B3]: the most frequent, of equally frequent ones the first by code units,
 * `unknown`, or a category that was declared. Undefined for `exclude`, and where nothing is known. Order-free.
 */
export function imputeCategory(
  { codes, categories }: Categories,
  missing: CategoryInput['missing'],
): string | undefined {
  if (typeof missing === 'object') return missing.value
  if (missing === 'exclude') return undefined
  if (missing === 'unknown') return UNKNOWN
  const counts = countCodes(codes, categories.length)
  const most = counts.reduce((best, count) => Math.max(best, count), 0)
  return most === 0 ? undefined : categories.filter((_, code) => counts[code] === most).toSorted()[0]
}

/** How many people are of each category. */
export function countCodes(codes: Int32Array, categories: number): Uint32Array {
  const counts = new Uint32Array(categories)
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1
  return counts
}
