import { compareNumbers } from './compare-numbers.ts'
import type { PropertyTest } from './event-rule.ts'
import type { TimedEvent } from './timeline.ts'

/** Whether an event passes all tests of its properties. What it does not tell passes none: missing is not equal. */
export function matchesEvent({ properties = {} }: TimedEvent, where: readonly PropertyTest[] = []): boolean {
  return where.every((test) => {
    const value = properties[test.property]
    if (value === undefined) return false
    if ('oneOf' in test) return test.oneOf.includes(value)
    return typeof value === 'number' && compareNumbers(test.comparison, value, test.value)
  })
}

/** Tests as a rule says them: `price at least 100, category shoes or hats`. */
export function spellTests(where: readonly PropertyTest[] | undefined): string {
  if (where === undefined || where.length === 0) return ''
  const spelled = where.map((test) =>
    'oneOf' in test
      ? `${test.property} ${test.oneOf.join(' or ')}`
      : `${test.property} ${test.comparison.replace('_', ' ')} ${test.value}`,
  )
  return ` with ${spelled.join(', ')}`
}
