/** A half-open range of ids; without `to` it has no end. */
export interface IdRange extends Record<string, string> {
  readonly from: string
}

/** Cuts sorted ids into ranges of `size`: each range starts at its first id and ends where the next one starts. */
export function cutRanges(starts: readonly string[]): IdRange[] {
  return starts.map((from, index) => {
    const to = starts[index + 1]
    return to === undefined ? { from } : { from, to }
  })
}

/** Nobody has it, and every id is after it. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** `column BETWEEN from AND to` for a range without end, too. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
