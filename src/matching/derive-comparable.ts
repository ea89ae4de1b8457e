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
  /** 1 for `sr` and `i`, 2 for `jr` and `ii`, … taken off the names, because it parts fathers from sons. */
  readonly generation: number | undefined
  readonly emails: readonly SplitEmail[]
  /**
   * Whether the record is about an organisation: it names one, and nothing of a person. Who has a mailbox of his own
   * is a person whose name is not known yet.
   */
  readonly isOrganisation: boolean
}

/** A second of his name is often the junior, too, so the two do not contradict each other. */
const GENERATIONS: ReadonlyMap<string, number> = new Map([
  ...['sr', 'senior', 'i'].map((suffix): [string, number] => [suffix, 1]),
  ...['jr', 'junior', 'ii'].map((suffix): [string, number] => [suffix, 2]),
  ['iii', 3],
  ['iv', 4],
])

// Records are immutable, so remembering the derivation by identity changes speed only.
const derived = new WeakMap<NormalizedRecord, ComparableRecord>()

/** What comparisons need to know of a record, derived once per record object. Pure: the memory is not observable. */
export function deriveComparable(record: NormalizedRecord): ComparableRecord {
  const known = derived.get(record)
  if (known !== undefined) return known
  const family = splitGeneration(record.family ?? [])
  const given = splitGeneration(record.given ?? [])
  const emails = record.emails.map(splitEmail)
  const isUnnamed = record.family === undefined && record.given === undefined
  const isImpersonal = isUnnamed && record.birthDate === undefined && record.sex === undefined
  const comparable: ComparableRecord = {
    record,
    given: deriveName(given.tokens),
    family: deriveName(family.tokens),
    generation: family.generation ?? given.generation,
    emails,
    isOrganisation: isImpersonal && (record.organisation ?? '') !== '' && emails.every(({ isRole }) => isRole),
  }
  derived.set(record, comparable)
  return comparable
}

function splitGeneration(tokens: readonly string[]): { tokens: readonly string[]; generation: number | undefined } {
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
