import type { NormalizedRecord } from '../record/normalized-record.ts'

/** One record's say in a profile. */
export interface ContributingRecord {
  /** `rec_…`, distinct. */
  readonly recordId: string
  readonly source: string
  /** How far the source is trusted, 0 to 1. */
  readonly trust: number
  /** When the source last changed the record, ms since 1970; absent when it does not say. */
  readonly updatedAt?: number
  /** The record's place in the ledger: what arrived later has the larger one. */
  readonly seq: number
  readonly record: NormalizedRecord
}

/**
 * How one value is chosen among many:
 * `most_recent`, `oldest` by the source's time, the ledger's order where none is given;
 * `most_trusted` by the source's trust; `most_complete` by how much the whole record knows;
 * `most_frequent` by how many records say it; `longest` by its characters; `aggregate` keeps all.
 */
export type SurvivorshipStrategy =
  | 'most_recent'
  | 'oldest'
  | 'most_trusted'
  | 'most_complete'
  | 'most_frequent'
  | 'longest'
  | 'aggregate'

/** Attributes that only make sense from one record: a street of one address with the city of another is nowhere. */
export interface SurvivorshipGroup {
  readonly attributes: readonly string[]
  readonly strategy: Exclude<SurvivorshipStrategy, 'aggregate'>
}

export interface SurvivorshipPolicy {
  /** By attribute name; `emails` and `phones` order the lists, the first being the one to use. */
  readonly attributes: Readonly<Record<string, SurvivorshipStrategy>>
  readonly groups: readonly SurvivorshipGroup[]
  /** For attributes named nowhere. */
  readonly otherwise: SurvivorshipStrategy
}

/** A steward's word: this attribute, and the group it belongs to, is taken from this record as long as it says something. */
export interface SurvivorshipPin {
  readonly attribute: string
  readonly recordId: string
}

export interface ComposedAttribute {
  /** A list for `aggregate` only: sorted, without repeats. */
  readonly value: string | readonly string[]
  /** The record the value is from; of an aggregate, of its first value. */
  readonly recordId: string
  /** All records that say the same, sorted; of an aggregate, all that say anything. */
  readonly recordIds: readonly string[]
  readonly strategy: SurvivorshipStrategy | 'pinned'
}

export interface ComposedContact {
  readonly value: string
  /** The records that name it, sorted. */
  readonly recordIds: readonly string[]
}

/** One person as all their records tell it. */
export interface ComposedProfile {
  /** By name, names sorted; see `deriveAttributes`. */
  readonly attributes: Readonly<Record<string, ComposedAttribute>>
  /** The one to use first. */
  readonly emails: readonly ComposedContact[]
  readonly phones: readonly ComposedContact[]
  /** How many records it is made of. */
  readonly records: number
  /** Names of their sources, sorted. */
  readonly sources: readonly string[]
}
