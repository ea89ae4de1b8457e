import { OnefoldError } from '../errors.ts'
import { listFeatures } from '../feature/features.ts'
import { listRules } from './list-rules.ts'
import type { SegmentDefinition, SegmentRule } from './segment-definition.ts'

/** Features that compare people or foretell what they will do: of who is hardly known they say little. */
const RANKS: ReadonlySet<string> = new Set(listFeatures('buyers', 'everybody').map(([, { name }]) => name))

/**
 * Has the fallback segment, when there is one, keep its people out of the segments by ranks, scores and models [B3]: those
 * whose rule names one, those that refer to such a segment, and all of a scheme in which there is one, its rest included.
 * Segments by exact events and counts keep their people. Segments are sorted so that the fallback is judged before. Throws
 * `segment.repeated_fallback`, `segment.ranked_fallback` (settings): it cannot ask for what it keeps out of.
 */
export function keepOut(definitions: readonly SegmentDefinition[]): readonly SegmentDefinition[] {
  const [fallback, second] = definitions.filter(({ rule }) => rule.kind === 'fallback')
  if (fallback === undefined) return definitions
  if (second !== undefined) {
    throw new OnefoldError(
      'settings',
      'segment.repeated_fallback',
      `${fallback.id} and ${second.id} are both fallbacks.`,
      {
        details: { segment: fallback.id, other: second.id },
        hint: 'Leave `fallback: true` at one of them.',
      },
    )
  }
  const ranked = listRanked(definitions, fallback)
  const referred = listReferences(fallback.rule).find((id) => ranked.has(id))
  if (referred !== undefined) {
    throw new OnefoldError(
      'settings',
      'segment.ranked_fallback',
      `The fallback ${fallback.id} refers to ${referred}, which goes by ranks or scores, and keeps its people out of it.`,
      { details: { segment: fallback.id, other: referred }, hint: 'Refer to segments by counts and events only.' },
    )
  }
  return [
    ...definitions.filter(({ id }) => !ranked.has(id)),
    ...definitions.filter(({ id }) => ranked.has(id)).map((ranking) => ({ ...ranking, keptOutBy: fallback.id })),
  ]
}

/** Ids of those that go by ranks; each comes after those it refers to. */
function listRanked(definitions: readonly SegmentDefinition[], fallback: SegmentDefinition): ReadonlySet<string> {
  const direct = definitions.filter((each) => each !== fallback && listRules(each.rule).some(namesRank))
  const schemes = new Set(direct.flatMap(({ scheme }) => scheme ?? []))
  const ranked = new Set(direct.map(({ id }) => id))
  for (const { id, scheme, rule } of definitions) {
    if (id === fallback.id) continue
    if (scheme !== undefined && schemes.has(scheme)) ranked.add(id)
    if (listReferences(rule).some((other) => ranked.has(other))) ranked.add(id)
  }
  return ranked
}

function listReferences(rule: SegmentRule): readonly string[] {
  return listRules(rule).flatMap((part) => (part.kind === 'member' ? [part.segmentId] : []))
}

function namesRank(rule: SegmentRule): boolean {
  if (rule.kind === 'rfm' || rule.kind === 'top_spenders') return true
  return (rule.kind === 'feature' || rule.kind === 'known') && RANKS.has(rule.feature)
}
