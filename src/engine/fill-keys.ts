import type { Atom, KeyRule } from './comparison.ts'
import { joinHashes } from './hash-text.ts'

/**
 * Fills in the keys of all rows for one rule after the other. What atoms say of each row is looked up once and kept,
 * because rules are made of few atoms and asking them row by row jumps through memory.
 */
export function openKeyFiller(rowCount: number): (rule: KeyRule, keys: Int32Array) => void {
  const known = new Map<Atom, Int32Array>()
  const rowsOf = (atom: Atom): Int32Array => {
    let keys = known.get(atom)
    if (keys === undefined) {
      keys = new Int32Array(rowCount)
      for (let row = 0; row < rowCount; row++) keys[row] = atom.keys[atom.codes[row]!]!
      known.set(atom, keys)
    }
    return keys
  }
  return ({ atoms, keyOf }, keys) => {
    const [first, ...others] = atoms ?? []
    if (first === undefined) {
      for (let row = 0; row < rowCount; row++) keys[row] = keyOf(row)
      return
    }
    keys.set(rowsOf(first))
    for (const other of others) {
      const more = rowsOf(other)
      for (let row = 0; row < rowCount; row++) keys[row] = joinHashes(keys[row]!, more[row]!)
    }
  }
}
