import { type FeatureMember, FEATURES, type FeatureName, INSTANTS, NUMBERS } from '../feature/features.ts'
import { ATTRIBUTES, type AttributeName } from '../feature/model-input.ts'
import { listEventSpans } from './list-event-spans.ts'
import { listRules } from './list-rules.ts'
import type { SegmentDefinition, SegmentRule } from './segment-definition.ts'

/** What the rules of segments ask for of a person. */
export interface Asked {
  /** In the order of `FEATURES`. */
  readonly features: readonly FeatureMember[]
  readonly attributes: readonly AttributeName[]
  /** Of `listEventSpans`. */
  readonly spans: ReadonlyMap<string, number>
}

/** Definitions do not change, and it is asked for with everybody who arrives. */
const askedBy = new WeakMap<readonly SegmentDefinition[], Asked>()

/** What the rules of all these segments ask for: whoever is judged by them needs to be known by no more. */
export function listAsked(definitions: readonly SegmentDefinition[]): Asked {
  const known = askedBy.get(definitions)
  if (known !== undefined) return known
  const rules = definitions.flatMap(({ rule }) => listRules(rule))
  const features = new Set(rules.flatMap(listFeatures))
  const named = new Set<string>(rules.flatMap((rule) => (rule.kind === 'known_share' ? rule.of : [])))
  const asked = {
    features: (Object.keys(FEATURES) as FeatureMember[]).filter((member) => features.has(member)),
    attributes: ATTRIBUTES.filter((name) => named.has(name)),
    spans: listEventSpans(definitions),
  }
  askedBy.set(definitions, asked)
  return asked
}

/** The features that a rule reads itself, not those of rules that it is joined of. */
function listFeatures(rule: SegmentRule): readonly FeatureMember[] {
  switch (rule.kind) {
    case 'rfm':
      return ['r', 'f', 'm']
    case 'engagement':
      return ['sends', 'opens', 'clicks']
    case 'purchases_above':
      return [rule.within === 'ever' ? 'purchases' : 'purchases30d']
    case 'last_purchase_within':
      return ['lastPurchaseAt']
    case 'total_spent_above':
      return ['totalSpent']
    case 'top_spenders':
      return ['monetaryPercentile']
    case 'feature':
    case 'known':
    case 'within':
    case 'longer_ago':
      return [MEMBERS[rule.feature]]
    case 'known_share':
      return rule.of.flatMap((name) => (name in MEMBERS ? MEMBERS[name as FeatureName] : []))
    case 'event_count':
    case 'event_sum':
    case 'event_distinct':
    case 'event_first':
    case 'event_last':
    case 'sequence':
    case 'absence':
    case 'member':
    case 'all':
    case 'any':
    case 'not':
    case 'fallback':
    case 'otherwise':
      return []
  }
}

const MEMBERS: Readonly<Record<FeatureName, FeatureMember>> = { ...NUMBERS, ...INSTANTS }
