import { OnefoldError } from '../errors.ts'
import { parseDuration } from '../record/parse-duration.ts'
import { BUILT_IN_SEGMENTS } from './built-in-segments.ts'
import { type DeclaredRule, type DeclaredSegment, SINGLE } from './declared-segment.ts'
import type { EventMatch, PropertyTest } from './event-rule.ts'
import { keepOut } from './keep-out.ts'
import type { Comparison, SegmentDefinition, SegmentRule } from './segment-definition.ts'

/** What was compiled of which declarations: they do not change, and are asked for with every arrival. */
const compiledOf = new WeakMap<object, readonly SegmentDefinition[]>()

/**
 * The built-in segments, then those that a project declares [F1 F4], each after those it refers to, otherwise in the
 * order they are written, and after the fallback those it keeps people out of. Throws `segment.repeated_id`,
 * `segment.unknown`, `segment.circular` (settings), and what `keepOut` throws.
 */
export function compileSegments(declared: Readonly<Record<string, DeclaredSegment>>): readonly SegmentDefinition[] {
  const known = compiledOf.get(declared) ?? compile(declared)
  compiledOf.set(declared, known)
  return known
}

function compile(declared: Readonly<Record<string, DeclaredSegment>>): readonly SegmentDefinition[] {
  const builtIn = new Set(BUILT_IN_SEGMENTS.map(({ id }) => id))
  const repeated = Object.keys(declared).find((id) => builtIn.has(id))
  if (repeated !== undefined) {
    throw new OnefoldError('settings', 'segment.repeated_id', `A segment ${repeated} comes with Onefold.`, {
      details: { segment: repeated },
      hint: 'Give yours another id.',
    })
  }
  const compiled: SegmentDefinition[] = []
  const done = new Set(builtIn)
  const visit = (id: string, path: readonly string[]): void => {
    if (done.has(id)) return
    const segment = declared[id]
    const asker = path.at(-1) ?? id
    if (segment === undefined) {
      throw new OnefoldError('settings', 'segment.unknown', `Segment ${asker} refers to ${id}, which there is not.`, {
        details: { segment: asker },
        hint: '`onefold segments list` tells all ids.',
      })
    }
    if (path.includes(id)) {
      const circle = [...path.slice(path.indexOf(id)), id].join(' → ')
      throw new OnefoldError('settings', 'segment.circular', `Segments refer to each other in a circle: ${circle}.`, {
        details: { segment: id },
        hint: 'Take one of the references out.',
      })
    }
    for (const other of listReferences(segment)) visit(other, [...path, id])
    done.add(id)
    compiled.push(compileSegment(id, segment))
  }
  for (const id of Object.keys(declared)) visit(id, [])
  return keepOut([...BUILT_IN_SEGMENTS, ...compiled])
}

function compileSegment(
  id: string,
  { name, description, owner, review, version, parent, fallback, rule }: DeclaredSegment,
): SegmentDefinition {
  const own = compileRule(rule)
  const whole: SegmentRule =
    parent === undefined ? own : { kind: 'all', rules: [{ kind: 'member', segmentId: parent }, own] }
  return {
    ...{ id, version, name: name ?? id.replaceAll('_', ' '), description, owner, reviewDate: review },
    ...(parent === undefined ? {} : { parent }),
    // Kept with the rule, so that who begins to keep out begins another version.
    rule: fallback ? { kind: 'fallback', rule: whole } : whole,
  }
}

function compileRule(rule: DeclaredRule): SegmentRule {
  if ('all' in rule) return { kind: 'all', rules: rule.all.map(compileRule) }
  if ('any' in rule) return { kind: 'any', rules: rule.any.map(compileRule) }
  if ('not' in rule) return { kind: 'not', rule: compileRule(rule.not) }
  if ('segment' in rule) return { kind: 'member', segmentId: rule.segment }
  if ('event' in rule || 'sequence' in rule) return compileEventRule(rule)
  if ('known_share_of' in rule) {
    const { known_share_of: of, ...asked } = rule
    return joinAll(listAsked(asked).map(([comparison, value]) => ({ kind: 'known_share', of, comparison, value })))
  }
  if ('known' in rule) return { kind: 'known', feature: rule.feature, isKnown: rule.known }
  if ('within' in rule || 'longer_ago_than' in rule) {
    const { feature, within, longer_ago_than: longer } = rule
    return joinAll([
      ...(within === undefined ? [] : [{ kind: 'within', feature, spanMs: parseDuration(within) } as const]),
      ...(longer === undefined ? [] : [{ kind: 'longer_ago', feature, spanMs: parseDuration(longer) } as const]),
    ])
  }
  const { feature, between, ...given } = rule as Extract<DeclaredRule, { between?: unknown }>
  const asked = [
    ...listAsked(given),
    ...(between === undefined
      ? []
      : ([
          ['at_least', between[0]],
          ['at_most', between[1]],
        ] as const)),
  ]
  return joinAll(asked.map(([comparison, value]) => ({ kind: 'feature', feature, comparison, value })))
}

type DeclaredEventRule = Extract<
  DeclaredRule,
  { count?: unknown } | { first?: unknown } | { sequence: unknown } | { not_followed_by: unknown }
>

function compileEventRule(rule: DeclaredEventRule): SegmentRule {
  if ('sequence' in rule) {
    const { sequence, within, lasts } = rule
    return { kind: 'sequence', events: sequence, withinMs: parseDuration(within), lastsMs: parseDuration(lasts) }
  }
  if ('not_followed_by' in rule) {
    const { not_followed_by: missing, after, lasts } = rule
    return {
      ...{ kind: 'absence', ...compileMatch(rule), missing },
      ...{ afterMs: parseDuration(after), lastsMs: parseDuration(lasts) },
    }
  }
  if ('first' in rule || 'last' in rule) {
    const { within, longer_ago_than: longer } = rule.first ?? rule.last ?? {}
    return {
      ...{ kind: rule.first === undefined ? 'event_last' : 'event_first', ...compileMatch(rule) },
      ...{ age: within === undefined ? 'longer_ago' : 'within', spanMs: parseDuration(within ?? longer ?? '0s') },
    }
  }
  const { count, sum, distinct, of, same, within } = rule as Extract<DeclaredEventRule, { count?: unknown }>
  const kind = count !== undefined ? 'event_count' : sum !== undefined ? 'event_sum' : 'event_distinct'
  const asked = count ?? sum ?? distinct ?? {}
  const own = {
    ...{ ...compileMatch(rule), withinMs: parseDuration(within) },
    ...(of === undefined ? {} : { of }),
    ...(same === undefined ? {} : { same }),
  }
  return joinAll(listAsked(asked).map(([comparison, value]) => ({ kind, ...own, comparison, value }) as const))
}

function compileMatch({
  event,
  where,
}: Pick<Extract<DeclaredEventRule, { event: string }>, 'event' | 'where'>): EventMatch {
  if (where === undefined) return { event }
  const tests = Object.entries(where).flatMap(([property, asked]): PropertyTest[] => {
    if (typeof asked !== 'object') return [{ property, oneOf: [asked] }]
    if (Array.isArray(asked)) return [{ property, oneOf: asked }]
    return listAsked(asked as Partial<Record<Comparison, number>>).map(([comparison, value]) => ({
      ...{ property, comparison, value },
    }))
  })
  return { event, where: tests }
}

function listAsked(
  given: Readonly<Partial<Record<Comparison, number | undefined>>>,
): readonly (readonly [Comparison, number])[] {
  return SINGLE.flatMap((comparison) => {
    const value = given[comparison]
    return value === undefined ? [] : [[comparison, value] as const]
  })
}

function joinAll(rules: readonly SegmentRule[]): SegmentRule {
  const [only] = rules
  return rules.length === 1 && only !== undefined ? only : { kind: 'all', rules }
}

function listReferences({ parent, rule }: DeclaredSegment): readonly string[] {
  return [...(parent === undefined ? [] : [parent]), ...listRuleReferences(rule)]
}

function listRuleReferences(rule: DeclaredRule): readonly string[] {
  if ('all' in rule) return rule.all.flatMap(listRuleReferences)
  if ('any' in rule) return rule.any.flatMap(listRuleReferences)
  if ('not' in rule) return listRuleReferences(rule.not)
  return 'segment' in rule ? [rule.segment] : []
}
