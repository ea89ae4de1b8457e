import type { Atom, KeyRule } from './comparison.ts'
import { joinHashes } from './hash-text.ts'
import { shareInts } from './share-array.ts'

/** Parts a rule asks for at most. */
const MOST_PARTS = 3

/** What rows say of everything that some rule asks for, looked up once. Threads share it. */
export interface KeyColumns {
  readonly rowCount: number
  /** One part after the other, a key a row; 0 where it says nothing. */
  readonly keys: Int32Array
  /** Three parts for each rule; -1 where it asks for fewer. */
  readonly needs: Int32Array
}

/** Looks up what each row says of everything that some rule asks for: rules are made of few parts, and each is read through. */
export function fillKeyColumns(rules: readonly KeyRule[], rowCount: number): KeyColumns {
  const places = new Map<Atom | KeyRule, number>()
  const needs = new Int32Array(rules.length * MOST_PARTS).fill(-1)
  rules.forEach((rule, at) => {
    const parts: readonly (Atom | KeyRule)[] = rule.atoms ?? [rule]
    parts.forEach((part, of) => {
      const place = places.get(part) ?? places.size
      places.set(part, place)
      needs[at * MOST_PARTS + of] = place
    })
  })
  const keys = shareInts(rowCount * places.size)
  for (const [part, place] of places) {
    const column = keys.subarray(place * rowCount, (place + 1) * rowCount)
    if ('keyOf' in part) {
      for (let row = 0; row < rowCount; row++) column[row] = part.keyOf(row)
    } else {
      const { codes, keys: hashes } = part
      for (let row = 0; row < rowCount; row++) column[row] = hashes[codes[row]!]!
    }
  }
  return { rowCount, keys, needs }
}

/** Writes each row's key for one rule: its parts joined, 0 where one is missing. */
export function joinKeys({ rowCount, keys, needs }: KeyColumns, rule: number, joined: Int32Array): void {
  for (let at = rule * MOST_PARTS; at < (rule + 1) * MOST_PARTS; at++) {
    const place = needs[at]!
    if (place < 0) return
    const column = keys.subarray(place * rowCount, (place + 1) * rowCount)
    if (at === rule * MOST_PARTS) joined.set(column)
    else for (let row = 0; row < rowCount; row++) joined[row] = joinHashes(joined[row]!, column[row]!)
  }
}
