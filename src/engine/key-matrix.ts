import type { Atom, KeyRule } from './comparison.ts'
import { joinHashes } from './hash-text.ts'
import { shareInts } from './share-array.ts'

/** Numbers of four bytes that are fetched at once. */
const LINE = 16
/** Parts a rule asks for at most. */
const MOST_PARTS = 3

/** The keys by which rules bring rows together. Threads share it. */
export interface KeyMatrix {
  /** How many keys a row has. */
  readonly width: number
  /**
   * All keys of a row side by side, so that asking which rules bring two rows together touches two places only. A row
   * that has none says a number below 0 that no other row says.
   */
  readonly keys: Int32Array
  /** Three places among a row's keys for each rule; -1 where it asks for fewer. */
  readonly needs: Int32Array
}

/** Looks up what each row says of everything that some rule asks for. */
export function fillKeyMatrix(rules: readonly KeyRule[], rowCount: number): KeyMatrix {
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
  // Up to sixteen keys are made to fill one line of the processor's memory.
  const width = places.size > 8 && places.size < LINE ? LINE : places.size
  const keys = shareInts(rowCount * width)
  for (const [part, place] of places) {
    if ('keyOf' in part) {
      for (let row = 0; row < rowCount; row++) keys[row * width + place] = part.keyOf(row) || -1 - row
    } else {
      const { codes, keys: hashes } = part
      for (let row = 0, at = place; row < rowCount; row++, at += width) keys[at] = hashes[codes[row]!]! || -1 - row
    }
  }
  return { width, keys, needs }
}

/** Writes each row's key for one rule: its parts joined, 0 where one is missing. */
export function joinKeys({ width, keys, needs }: KeyMatrix, rule: number, joined: Int32Array): void {
  const first = needs[rule * MOST_PARTS]!
  const second = needs[rule * MOST_PARTS + 1]!
  const third = needs[rule * MOST_PARTS + 2]!
  for (let row = 0, base = 0; row < joined.length; row++, base += width) {
    let key = Math.max(0, keys[base + first]!)
    if (second >= 0) key = joinHashes(key, Math.max(0, keys[base + second]!))
    if (third >= 0) key = joinHashes(key, Math.max(0, keys[base + third]!))
    joined[row] = key
  }
}

/** Whether two rows agree on all that a rule asks for, by where their keys begin in `keys`. */
export function agreeOn({ needs }: KeyMatrix, keys: Int32Array, rule: number, placeA: number, placeB: number): boolean {
  for (let at = rule * MOST_PARTS; at < (rule + 1) * MOST_PARTS; at++) {
    const place = needs[at]!
    if (place < 0) return true
    if (keys[placeA + place] !== keys[placeB + place]) return false
  }
  return true
}

/** What each rule asks for as bits, one a key; undefined when a row has more keys than a number has bits. */
export function maskNeeds({ width, needs }: KeyMatrix): Int32Array | undefined {
  if (width > 31) return undefined
  const masks = new Int32Array(needs.length / MOST_PARTS)
  needs.forEach((place, at) => {
    if (place >= 0) masks[Math.floor(at / MOST_PARTS)]! |= 1 << place
  })
  return masks
}
