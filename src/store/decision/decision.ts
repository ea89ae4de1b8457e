/** What a person may say of two records. `withdrawn` takes an earlier word back and says nothing in its place. */
export type DecisionVerdict = 'same' | 'different' | 'unsure' | 'withdrawn'

/** One decision about two records, `a < b`. */
export interface Decision {
  readonly decisionNo: number
  /** What was done, and can be undone, at once. */
  readonly actId: string
  readonly a: string
  readonly b: string
  readonly verdict: DecisionVerdict
  /** The decision of the same pair that it replaces; 0 for the first. */
  readonly supersedes: number
  readonly decidedBy: string
  readonly decidedAt: Date
  readonly sealedNote: Buffer | null
  /** When a run first clustered by it. */
  readonly takenUpAt: Date | null
}

/** A decided pair as clustering wants it. */
export interface DecidedPair {
  readonly a: string
  readonly b: string
  readonly verdict: 'same' | 'different'
}
