import type { Issue } from './issue.ts'
import type { IssueTally } from './issue-tally.ts'

/**
 * Adds one row's issues to a tally, each code once: two bad e-mails in a row are one failing row.
 * Returns a new tally, or the same one for a row without issues. Rows may come in any order.
 */
export function tallyIssues(tally: IssueTally, issues: readonly Issue[]): IssueTally {
  if (issues.length === 0) return tally
  const sum = new Map(tally)
  for (const code of new Set(issues.map((issue) => issue.code))) sum.set(code, (sum.get(code) ?? 0) + 1)
  return sum
}
