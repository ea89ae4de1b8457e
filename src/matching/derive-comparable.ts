import type { NormalizedRecord } from '../record/normalized-record.ts'
import { deriveSounds } from './derive-sounds.ts'
import { splitEmail } from './split-email.ts'
import type { SplitEmail } from './split-email.ts'

/** A name ready for comparing; present only when it has letters. */
export interface ComparableName {
  readonly tokens: readonly string[]
  /** Tokens with blanks between, and without. */
  readonly text: string
  readonly joined: string
  readonly first: string
  readonly sounds: readonly string[]
  readonly isLatin: boolean
}

/** A normalized record with what every comparison would otherwise derive again and again. */
export interface ComparableRecord {
  readonly record: NormalizedRecord
  readonly given: ComparableName | undefined
  readonly family: ComparableName | undefined
  /** `jr`, `sr`, `ii`, … taken off the names, because it parts fathers from sons. */
  readonly generation: string | undefined
  readonly emails: readonly SplitEmail[]
}

const GENERATIONS: ReadonlyMap<string, string> = new Map([
  ...['jr', 'sr', 'i', 'ii', 'iii', 'iv'].map((suffix): [string, string] => [suffix, suffix]),
  ['junior', 'jr'],
  ['senior', 'sr'],
])

// Records are immutable, so remembering the derivation by identity changes speed only.
const derived = new WeakMap<NormalizedRecord, ComparableRecord>()

/** What comparisons need to know of a record, derived once per record object. Pure: the memory is not observable. */
export function deriveComparable(record: NormalizedRecord): ComparableRecord {
  const known = derived.get(record)
  if (known !== undefined) return known
  const family = splitGeneration(record.family ?? [])
  const given = splitGeneration(record.given ?? [])
  const comparable: ComparableRecord = {
    record,
    given: deriveName(given.tokens),
    family: deriveName(family.tokens),
    generation: family.generation ?? given.generation,
    emails: record.emails.map(splitEmail),
  }
  derived.set(record, comparable)
  return comparable
}

function splitGeneration(tokens: readonly string[]): { tokens: readonly string[]; generation: string | undefined } {
  const last = tokens.at(-1)
  const generation = tokens.length > 1 && last !== undefined ? GENERATIONS.get(last) : undefined
  return generation === undefined ? { tokens, generation } : { tokens: tokens.slice(0, -1), generation }
}

function deriveName(tokens: readonly string[]): ComparableName | undefined {
  const joined = tokens.join('')
  const first = tokens[0]
  if (joined === '' || first === undefined) return undefined
  return {
    tokens,
    text: tokens.join(' '),
    joined,
    first,
    sounds: deriveSounds(joined),
    isLatin: /[a-z]/.test(joined),
  }
}
