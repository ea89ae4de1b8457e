/** Suffixes that part a father from his son, folded; a second of his name is often the junior, too, so both are 2. */
export const GENERATIONS: ReadonlyMap<string, number> = new Map([
  ['sr', 1],
  ['i', 1],
  ['jr', 2],
  ['ii', 2],
  ['iii', 3],
  ['iv', 4],
])
