import type { Column } from './table.ts'

/** What programs write for nothing, in any case. */
const ALWAYS: ReadonlySet<string> = new Set([
  'null',
  '(null)',
  '\\n',
  'nan',
  'n/a',
  '#n/a',
  'none',
  '-',
  '--',
  '.',
  '?',
  'unknown',
])
/** Names of people, too: they count as nothing where they are common. */
const IF_COMMON: ReadonlySet<string> = new Set(['na', 'nil'])
const COMMON = 0.02

/** A column without the words that stand for nothing; the same column when it has none. */
export function dropMarkers(column: Column): Column {
  const counts = new Map<number, number>()
  column.values.forEach((value, code) => {
    const text = value.toLowerCase()
    if (ALWAYS.has(text)) counts.set(code, Infinity)
    else if (IF_COMMON.has(text)) counts.set(code, 0)
  })
  if (counts.size === 0) return column
  for (const code of column.codes) {
    const count = counts.get(code)
    if (count !== undefined) counts.set(code, count + 1)
  }
  const dropped = new Set([...counts].filter(([, count]) => count > column.codes.length * COMMON).map(([code]) => code))
  if (dropped.size === 0) return column
  return { ...column, codes: column.codes.map((code) => (dropped.has(code) ? 0 : code)) }
}
