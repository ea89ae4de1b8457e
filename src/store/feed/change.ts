import type { ChangeKind } from '../../profile/change-kind.ts'

/** A place in the change feed: places are ordered by transaction, then by number. */
export interface FeedPosition {
  /** Number of the transaction, as text: it may pass 2^53. */
  readonly xact: string
  readonly seq: number
}

/** A change of a person, who is called what `unified_profiles` calls them. */
export interface Change extends FeedPosition {
  readonly kind: ChangeKind
  readonly profileId: string
  readonly toProfileId: string | null
  readonly segmentId: string | null
  readonly version: number | null
  readonly revision: number | null
  readonly at: Date
}
