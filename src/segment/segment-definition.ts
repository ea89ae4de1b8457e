import type { FeatureName, InstantName, NumberName } from '../feature/features.ts'
import type { AttributeName } from '../feature/model-input.ts'
import type { EventRule } from './event-rule.ts'

/** Scores from the first to the second, both included, 1 to 5. */
export type ScoreRange = readonly [from: number, to: number]

/** How a feature is compared with a number; `above` and `below` exclude it. */
export type Comparison = 'is' | 'is_not' | 'above' | 'at_least' | 'below' | 'at_most'

/** What must hold of a person. A feature that is unknown never holds: missing is not equal. */
export type SegmentRule =
  /** Scores within all ranges given. */
  | { readonly kind: 'rfm'; readonly r?: ScoreRange; readonly f?: ScoreRange; readonly m?: ScoreRange }
  /** The lower of the open tier and the click tier, for who was sent at least so many messages. */
  | { readonly kind: 'engagement'; readonly tier: EngagementTier; readonly minimumSends: number }
  /** More purchases than this, ever or within a rolling 30 days. */
  | { readonly kind: 'purchases_above'; readonly count: number; readonly within: 'ever' | '30_days' }
  /** A last purchase at most this long ago, to the millisecond. */
  | { readonly kind: 'last_purchase_within'; readonly days: number }
  /** More spent than this. */
  | { readonly kind: 'total_spent_above'; readonly amount: number }
  /** Among this share (0 to 1) of those who spent most. */
  | { readonly kind: 'top_spenders'; readonly share: number }
  | { readonly kind: 'feature'; readonly feature: NumberName; readonly comparison: Comparison; readonly value: number }
  /** Whether the feature is known at all. */
  | { readonly kind: 'known'; readonly feature: FeatureName; readonly isKnown: boolean }
  /** The share, 0 to 1, of these that is known at all. */
  | {
      readonly kind: 'known_share'
      readonly of: readonly (FeatureName | AttributeName)[]
      readonly comparison: Comparison
      readonly value: number
    }
  /** At most, or more than, so long ago, to the millisecond. */
  | { readonly kind: 'within' | 'longer_ago'; readonly feature: InstantName; readonly spanMs: number }
  | EventRule
  /** In another segment, which is judged before. */
  | { readonly kind: 'member'; readonly segmentId: string }
  | { readonly kind: 'all' | 'any'; readonly rules: readonly SegmentRule[] }
  /** Unknown is not known to hold: of who has no such feature, `not` holds. */
  | { readonly kind: 'not'; readonly rule: SegmentRule }
  /** As the rule in it; of whom it holds are kept out of segments by ranks, scores and models. */
  | { readonly kind: 'fallback'; readonly rule: SegmentRule }
  /** Everybody for whom nothing before it in the scheme holds. */
  | { readonly kind: 'otherwise' }

export type EngagementTier = 'high' | 'middle' | 'low'

/** A segment is its id and version: names repeat across schemes, and a changed rule is another version. */
export interface SegmentDefinition {
  readonly id: string
  /** 1, 2, 3, … */
  readonly version: number
  readonly name: string
  readonly description: string
  /** Who answers for it. */
  readonly owner: string
  /** ISO date by which the owner looks at it again. */
  readonly reviewDate: string
  /** Of the definitions of one scheme the first that holds is the only one. */
  readonly scheme?: string
  /** The broader segment that this is a part of. */
  readonly parent?: string
  /** Members get no messages. */
  readonly suppresses?: boolean
  /** The fallback segment, judged before, whose people are not in this one. */
  readonly keptOutBy?: string
  readonly rule: SegmentRule
}

export interface Membership {
  readonly profileId: string
  readonly segmentId: string
  readonly version: number
  /** Why, in numbers; never a personal value. */
  readonly reason: string
  /** The first instant (ms since 1970) at which time alone may end it; absent when time alone does not, or features say no more. */
  readonly expiresAt?: number
}

/** A membership that goes on since `validFrom` (ms since 1970). */
export interface OpenMembership extends Membership {
  readonly validFrom: number
}

/** A membership that held from `validFrom` up to but not including `validTo`. */
export interface ClosedMembership extends OpenMembership {
  readonly validTo: number
}
