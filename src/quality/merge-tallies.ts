import type { IssueTally } from './issue-tally.ts'

/** Adds two tallies of different rows, of two chunks say. Associative and commutative; the empty one changes nothing. */
export function mergeTallies(left: IssueTally, right: IssueTally): IssueTally {
  if (left.size === 0) return right
  if (right.size === 0) return left
  const sum = new Map(left)
  for (const [code, rows] of right) sum.set(code, (sum.get(code) ?? 0) + rows)
  return sum
}
