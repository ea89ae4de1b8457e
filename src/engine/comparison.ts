import type { ComparisonKind, LevelPrior } from './level-priors.ts'
import type { Texts } from './texts.ts'

/** What a comparison answers when one side is silent: no level, no weight. */
export const MISSING = -1

/** A part of a row by which rows can be brought together. */
export interface Atom {
  readonly name: string
  /** Index of the comparison that looks at the same thing: agreeing on it says nothing new about that one. */
  readonly comparison: number
  /** Value of each row, and the hash of each value's part: 1 to 2^29 - 1; 0 where it has none. */
  readonly codes: Int32Array
  readonly keys: Int32Array
  /** P(both rows of one person have the same key | the level of the comparison), one per level. */
  readonly agreement: readonly number[]
}

/** A way for rows to become candidates: they share a key. */
export interface KeyRule {
  readonly name: string
  /** Which comparisons must agree for the keys to be one, and how likely they do by level. */
  readonly parts: readonly { readonly comparison: number; readonly agreement: readonly number[] }[]
  readonly keyOf: (row: number) => number
  /** When the rule is that all of these agree: their keys joined in this order are the rule's. */
  readonly atoms?: readonly Atom[]
}

/** One question asked of every pair, opened over the rows of a table. */
export interface Comparison {
  readonly name: string
  readonly kind: ComparisonKind
  /** Exhaustive, strongest first where there is an order. */
  readonly levels: readonly LevelPrior[]
  /** Levels of one group are alternatives that sum to 1; which group applies depends on what both sides say. */
  readonly groupOf: Uint8Array
  /** How many of the first levels are classes of exact agreement; 0 when there are none. */
  readonly exactLevels: number
  /** A level, or `MISSING`. Symmetric. */
  readonly compare: (rowA: number, rowB: number) => number
  readonly isKnown: (row: number) => boolean
  /** Answers from the same look at two rows as the comparison before: both are best asked in turn. */
  readonly isAskedWithBefore?: true
  /**
   * Codes of which equality makes the strong levels: pairs are counted inside them, since pairs drawn at random
   * hardly ever fall there. A pair counts with the first codes that are equal and not 0.
   */
  readonly strata: readonly Int32Array[]
  /**
   * The level of any two rows that share a code of the first stratum; `MISSING` where it depends on what else they
   * say. Absent when it always does.
   */
  readonly levelOfShared?: (code: number) => number
  /** Frequency class of each code of the first stratum, as far as the comparison has classes. */
  readonly classOf?: Uint8Array
  /** Spelling of each code of the first stratum. */
  readonly keys?: Texts
}
