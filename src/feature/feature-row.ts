import type { FEATURES, FeatureMember } from './features.ts'

type Always = { [M in FeatureMember]: (typeof FEATURES)[M]['unknown'] extends null ? M : never }[FeatureMember]

/**
 * What is known of how one person behaves, as numbers; `FEATURES` says what each is. Absent means unknown or undefined,
 * never zero: nobody is 0 days away from a purchase they never made. Times are ms since 1970.
 */
export type FeatureRow = { readonly profileId: string } & { readonly [M in Always]: number } & {
  readonly [M in Exclude<FeatureMember, Always>]?: number
}
