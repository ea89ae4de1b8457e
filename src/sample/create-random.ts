/** A repeatable stream of choices. Every draw advances the stream, so the order of calls is part of the result. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  fraction(): number
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean
  /** One of the choices; they must not be empty. */
  pick<T>(choices: readonly T[]): T
  /** A shuffled copy (Fisher–Yates in Durstenfeld's form, 1964). */
  shuffle<T>(list: readonly T[]): T[]
}

/**
 * A random stream that a seed and the stream's name fully determine, on every machine.
 * Streams of different names are independent, so that one file of the sample can change without moving another;
 * under one name, no two of the 2^32 seeds give the same stream (a seed counts modulo 2^32).
 * Only 32-bit integer operations and one division: no Math function whose last digit an engine may choose.
 * Source: mulberry32 by Tommy Ettinger (2017, public domain); the name is folded in with FNV-1a (32 bit) and
 * the finalizer of MurmurHash3 (Appleby, 2011). Period about 2^32: for samples, never for keys.
 */
export function createRandom(seed: number, stream: string): Random {
  let state = 0x811c9dc5
  for (const character of stream) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  // Exclusive-or and the finalizer are one to one: under one name no two seeds start at the same state.
  state ^= seed
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  state ^= state >>> 16

  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (low: number, high: number): number => low + Math.floor(fraction() * (high - low + 1))
  const pick = <T>(choices: readonly T[]): T => choices[integer(0, choices.length - 1)] as T
  const shuffle = <T>(list: readonly T[]): T[] => {
    const shuffled = [...list]
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = integer(0, last)
      const kept = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = kept
    }
    return shuffled
  }
  return { fraction, integer, pick, shuffle, chance: (probability) => fraction() < probability }
}
