import { COMMON_PROPERTIES, type PropertyType, type Taxonomy } from '../quality/compile-properties.ts'
import type { EventRule, PropertyTest } from './event-rule.ts'
import { listEventRules } from './list-event-spans.ts'
import type { SegmentDefinition } from './segment-definition.ts'
import { INTERACTION, PURCHASE } from './timeline.ts'

/** A rule that asks of a property what it never tells. */
export interface MisusedProperty {
  readonly segmentId: string
  readonly event: string
  readonly property: string
  /** What it is not: declared at all, a number, one of the declared values, or of declared values. */
  readonly problem: 'unknown' | 'no_number' | 'no_value' | 'free_text'
}

/**
 * The first rule whose properties no event of its name can tell, by what is declared of them and what every event may tell
 * (`COMMON_PROPERTIES`): such a rule would hold of nobody, silently. Purchases and interactions tell none.
 */
export function findMisusedProperty(
  definitions: readonly SegmentDefinition[],
  taxonomy: Taxonomy,
): MisusedProperty | undefined {
  for (const { id: segmentId, rule } of definitions) {
    for (const eventRule of listEventRules(rule)) {
      if (!('event' in eventRule)) continue
      const { event } = eventRule
      const known = event === PURCHASE || event === INTERACTION ? {} : { ...COMMON_PROPERTIES, ...taxonomy[event] }
      for (const { property, misuses } of listUses(eventRule)) {
        const type = Object.hasOwn(known, property) ? (known as Taxonomy[string])[property] : undefined
        const problem = type === undefined ? 'unknown' : misuses(type)
        if (problem !== undefined) return { segmentId, event, property, problem }
      }
    }
  }
  return undefined
}

interface Use {
  readonly property: string
  readonly misuses: (type: PropertyType) => MisusedProperty['problem'] | undefined
}

function listUses(rule: Extract<EventRule, { event: string }>): readonly Use[] {
  const tests = (rule.where ?? []).map((test): Use => ({
    property: test.property,
    misuses: (type) => judgeTest(test, type),
  }))
  if (!('withinMs' in rule)) return tests
  const { kind, of, same } = rule
  const isSummed = kind === 'event_sum'
  return [
    ...tests,
    ...(of === undefined
      ? []
      : [
          {
            property: of,
            misuses: (type: PropertyType) => (isSummed && type !== 'number' ? 'no_number' : undefined),
          } as const,
        ]),
    ...(same === undefined ? [] : [{ property: same, misuses: () => undefined }]),
  ]
}

function judgeTest(test: PropertyTest, type: PropertyType): MisusedProperty['problem'] | undefined {
  if (!('oneOf' in test)) return type === 'number' ? undefined : 'no_number'
  if (type === 'text') return 'free_text'
  const isPossible = (value: string | number | boolean): boolean =>
    typeof type === 'string' ? typeof value === type : type.includes(String(value))
  return test.oneOf.every(isPossible) ? undefined : 'no_value'
}
