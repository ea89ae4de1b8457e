import type { DateOrder } from './derive-region-habits.ts'
import type { Field } from './field.ts'
import type { Normalization } from './normalization.ts'
import type { PartialDate } from './normalized-record.ts'
import type { FullName } from './parse-full-name.ts'

export type SourceKind = 'people' | 'orders' | 'events'

export interface MappingOptions {
  /** ISO 3166-1 alpha-2: how telephone numbers, dates and decimals are written where the source comes from. */
  readonly region: string
  /** Declared by the source; without it the region decides and what could be read both ways is flagged. */
  readonly dateOrder?: DateOrder
  /** Zone of times that name none; default UTC. */
  readonly zone?: string
  /** Nobody is born after this instant. */
  readonly asOf: Date
  readonly kind: SourceKind
  /**
   * `keep` lets example.com addresses and 555-0100 numbers through, for demos and tests whose invented people
   * must not reach real ones. Default `refuse`.
   */
  readonly reservedValues?: 'refuse' | 'keep'
  /** What an event of a name is taken for; itself by default. */
  readonly nameEvent?: (name: string) => string
  /** Distinct spellings remembered per kind of value, times two. Default 20,000: a few megabytes. */
  readonly cacheLimit?: number
}

export interface MappedColumn {
  readonly index: number
  readonly column: string
  readonly field: Field
}

/** A name's tokens and parts, with whether the cell only says "nothing". */
export interface ReadName {
  readonly placeholder: boolean
  readonly tokens: readonly string[] | undefined
}

/** Everything about a source's columns that does not change from row to row; compile once, use for each row. */
export interface MappingPlan {
  readonly kind: SourceKind
  readonly region: string
  readonly keepReserved: boolean
  readonly mapped: readonly MappedColumn[]
  /** Position of the first column that names a country. */
  readonly countryIndex: number | undefined
  /** Position of the first column of whole addresses, whose end may name a country. */
  readonly addressIndex: number | undefined
  /** Columns the mapping names that the delivery does not have. */
  readonly absent: readonly string[]
  /** Columns of the delivery that no field claims. */
  readonly unmapped: readonly string[]
  readonly readName: (text: string) => ReadName
  /** `normalizeText`: since most texts only change their case, remembering them costs more than reading them. */
  readonly readText: (text: string) => string
  readonly readFullName: (text: string) => FullName
  readonly readBirthDate: (text: string) => Normalization<PartialDate>
  readonly readInstant: (text: string, field: 'occurred_at' | 'updated_at') => Normalization<Date>
  readonly readNumber: (text: string) => Normalization<number>
  readonly nameEvent: (name: string) => string
  /** Whether a user agent is that of a program that nobody looks through. */
  readonly isBot: (text: string) => boolean
}
