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
  /**
   * Gives what `compute` says and remembers it under that name: what follows from all values of a column. A thread
   * that opens the same evidence is told it and computes nothing. Typed arrays and plain objects only.
   */
  readonly derive: <T>(name: string, compute: () => T) => T
  readonly comparisons: Comparison[]
  readonly atoms: Atom[]
  readonly rules: KeyRule[]
}
