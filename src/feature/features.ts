import type { FeatureDefinition } from './feature-definition.ts'
import { PURCHASE_FEATURES } from './purchase-features.ts'
import { SCORE_FEATURES } from './score-features.ts'
import { VISIT_FEATURES } from './visit-features.ts'

/**
 * All features [E1–E8], by their member of a `FeatureRow`: what `onefold features` lists, rules may name and the table
 * `features` holds.
 */
export const FEATURES = { ...PURCHASE_FEATURES, ...VISIT_FEATURES, ...SCORE_FEATURES }

type Features = typeof FEATURES
export type FeatureMember = keyof Features
export type FeatureName = Features[FeatureMember]['name']

type NameOf<Type> = {
  [M in FeatureMember]: Features[M]['type'] extends Type ? Features[M]['name'] : never
}[FeatureMember]
export type NumberName = NameOf<'count' | 'number'>
export type InstantName = NameOf<'instant'>

const ENTRIES = Object.entries(FEATURES) as [FeatureMember, FeatureDefinition][]

function nameMembers<Name extends string>(
  wanted: (definition: FeatureDefinition) => boolean,
): Readonly<Record<Name, FeatureMember>> {
  const named = ENTRIES.filter(([, definition]) => wanted(definition)).map(([member, { name }]) => [name, member])
  return Object.fromEntries(named) as Record<Name, FeatureMember>
}

/** Features that are numbers, by the name that rules and tables use, with their member of `FeatureRow`. */
export const NUMBERS = nameMembers<NumberName>(({ type }) => type !== 'instant')

/** Features that are instants. */
export const INSTANTS = nameMembers<InstantName>(({ type }) => type === 'instant')

/** Members with their definitions, those of some kinds. */
export function listFeatures(
  ...kinds: readonly FeatureDefinition['kind'][]
): readonly (readonly [FeatureMember, FeatureDefinition])[] {
  return ENTRIES.filter(([, definition]) => kinds.includes(definition.kind))
}
