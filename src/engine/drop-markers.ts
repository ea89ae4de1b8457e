import { shareInts } from './share-array.ts'
import type { Column } from './table.ts'
import { openTexts } from './texts.ts'

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
/** Bytes of the longest of these words; no other text becomes one in lower case. */
const LONGEST = 10

/** By first byte, whether one of these words may begin so. */
const BEGINS = new Uint8Array(256)
for (const word of [...ALWAYS, ...IF_COMMON]) {
  BEGINS[word.charCodeAt(0)] = 1
  BEGINS[word.toUpperCase().charCodeAt(0)] = 1
}

/** A column without the words that stand for nothing; the same column when it has none. */
export function dropMarkers(column: Column): Column {
  const counts = new Map<number, number>()
  const { size, bytes, ends } = column.values
  const textOf = openTexts(column.values)
  for (let code = 1; code < size; code++) {
    if (ends[code]! - ends[code - 1]! > LONGEST || BEGINS[bytes[ends[code - 1]!]!] === 0) continue
    const text = textOf(code).toLowerCase()
    if (ALWAYS.has(text)) counts.set(code, Infinity)
    else if (IF_COMMON.has(text)) counts.set(code, 0)
  }
  if (counts.size === 0) return column
  for (const code of column.codes) {
    const count = counts.get(code)
    if (count !== undefined) counts.set(code, count + 1)
  }
  const dropped = new Set([...counts].filter(([, count]) => count > column.codes.length * COMMON).map(([code]) => code))
  if (dropped.size === 0) return column
  const codes = shareInts(column.codes.length)
  column.codes.forEach((code, row) => (codes[row] = dropped.has(code) ? 0 : code))
  return { ...column, codes }
}
