import type { Atom, Comparison, KeyRule } from './comparison.ts'

/** Everything rows of a table can be compared and brought together by. */
export interface Evidence {
  readonly comparisons: readonly Comparison[]
  /** What blocking rules can be made of. */
  readonly atoms: readonly Atom[]
  /** Rules that are more than several atoms together. */
  readonly rules: readonly KeyRule[]
}

/** Evidence while each part of a person adds its own. */
export interface EvidenceDraft {
  /** Frequency classes that a model brought along, by comparison and value; counted in the rows when absent. */
  readonly frequencies?: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly comparisons: Comparison[]
  readonly atoms: Atom[]
  readonly rules: KeyRule[]
}
