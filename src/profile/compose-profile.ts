import type { Candidate } from './candidate.ts'
import { compareCandidates } from './compare-candidates.ts'
import { composeContacts } from './compose-contacts.ts'
import type {
  ComposedAttribute,
  ComposedProfile,
  ContributingRecord,
  SurvivorshipGroup,
  SurvivorshipPin,
  SurvivorshipPolicy,
  SurvivorshipStrategy,
} from './composed-profile.ts'
import { DEFAULT_SURVIVORSHIP } from './default-survivorship.ts'
import { deriveAttributes } from './derive-attributes.ts'
import type { AttributeValue } from './derive-attributes.ts'

interface Contribution {
  readonly from: ContributingRecord
  readonly values: ReadonlyMap<string, AttributeValue>
}

/**
 * One person out of all their records: for each attribute the value that survives, and the record it is from.
 * An attribute no record knows is not there; no records give an empty profile.
 * Order-free: the same records in any order give the same profile, ties end at the record id. A pinned attribute
 * follows its pin while that record says something, and its policy after that.
 */
export function composeProfile(
  records: readonly ContributingRecord[],
  policy: SurvivorshipPolicy = DEFAULT_SURVIVORSHIP,
  pins: readonly SurvivorshipPin[] = [],
): ComposedProfile {
  const contributions = records.map((from) => ({ from, values: deriveAttributes(from.record) }))
  const composed: [string, ComposedAttribute][] = []
  const grouped = new Set(policy.groups.flatMap((group) => group.attributes))
  for (const group of policy.groups) composed.push(...composeGroup(contributions, group, pins))
  const names = new Set(contributions.flatMap(({ values }) => [...values.keys()]))
  for (const name of names) {
    if (grouped.has(name)) continue
    const strategy = policy.attributes[name] ?? policy.otherwise
    const attribute = composeAttribute(contributions, name, strategy, pins)
    if (attribute) composed.push([name, attribute])
  }
  composed.sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    attributes: Object.fromEntries(composed),
    emails: composeContacts(records, 'emails', policy.attributes.emails ?? policy.otherwise),
    phones: composeContacts(records, 'phones', policy.attributes.phones ?? policy.otherwise),
    records: records.length,
    sources: [...new Set(records.map((record) => record.source))].toSorted(),
  }
}

function composeAttribute(
  contributions: readonly Contribution[],
  name: string,
  strategy: SurvivorshipStrategy,
  pins: readonly SurvivorshipPin[],
): ComposedAttribute | undefined {
  const candidates = findCandidates(contributions, [name])
  const chosen = choose(candidates, strategy, [name], pins)
  const value = chosen?.candidate.values.get(name)?.value
  if (!chosen || value === undefined) return undefined
  if (chosen.strategy === 'aggregate') return aggregate(candidates, name)
  return { value, ...provenance(candidates, chosen.candidate, name), strategy: chosen.strategy }
}

/** Every attribute of the group from the one record that survives; what that record leaves open stays open. */
function composeGroup(
  contributions: readonly Contribution[],
  group: SurvivorshipGroup,
  pins: readonly SurvivorshipPin[],
): [string, ComposedAttribute][] {
  const candidates = findCandidates(contributions, group.attributes)
  const chosen = choose(candidates, group.strategy, group.attributes, pins)
  if (!chosen) return []
  return group.attributes.flatMap((name): [string, ComposedAttribute][] => {
    const value = chosen.candidate.values.get(name)?.value
    if (value === undefined) return []
    return [[name, { value, ...provenance(candidates, chosen.candidate, name), strategy: chosen.strategy }]]
  })
}

function findCandidates(contributions: readonly Contribution[], names: readonly string[]): Candidate[] {
  const speaking = contributions.flatMap(({ from, values }) => {
    const said = names.flatMap((name) => values.get(name) ?? [])
    if (said.length === 0) return []
    const key = JSON.stringify(names.map((name) => values.get(name)?.key ?? null))
    const length = said.reduce((sum, { value }) => sum + [...value].length, 0)
    return [{ from, values, key, length, known: names.length > 1 ? said.length : values.size }]
  })
  const agreeing = new Map<string, number>()
  for (const { key } of speaking) agreeing.set(key, (agreeing.get(key) ?? 0) + 1)
  return speaking.map((candidate) => ({ ...candidate, agreeing: agreeing.get(candidate.key) ?? 1 }))
}

function choose(
  candidates: readonly Candidate[],
  strategy: SurvivorshipStrategy,
  names: readonly string[],
  pins: readonly SurvivorshipPin[],
): { candidate: Candidate; strategy: SurvivorshipStrategy | 'pinned' } | undefined {
  const pinned = candidates
    .filter(({ from }) => pins.some((pin) => names.includes(pin.attribute) && pin.recordId === from.recordId))
    .toSorted((a, b) => compareCandidates(a, b, strategy))[0]
  if (pinned) return { candidate: pinned, strategy: 'pinned' }
  const candidate = candidates.toSorted((a, b) => compareCandidates(a, b, strategy))[0]
  return candidate && { candidate, strategy }
}

function provenance(candidates: readonly Candidate[], chosen: Candidate, name: string) {
  const key = chosen.values.get(name)?.key
  const agreeing = candidates.filter(({ values }) => values.get(name)?.key === key)
  return { recordId: chosen.from.recordId, recordIds: agreeing.map(({ from }) => from.recordId).toSorted() }
}

/** One spelling per distinct value: that of the candidate that would survive among those who say the same. */
function aggregate(candidates: readonly Candidate[], name: string): ComposedAttribute | undefined {
  const spellings = new Map<string, { value: string; recordId: string }>()
  for (const { values, from } of candidates.toSorted((a, b) => compareCandidates(a, b, 'aggregate'))) {
    const said = values.get(name)
    if (said && !spellings.has(said.key)) spellings.set(said.key, { value: said.value, recordId: from.recordId })
  }
  const [first, ...others] = [...spellings.values()].toSorted((a, b) => (a.value < b.value ? -1 : 1))
  if (!first) return undefined
  return {
    value: [first.value, ...others.map(({ value }) => value)],
    recordId: first.recordId,
    recordIds: candidates.map(({ from }) => from.recordId).toSorted(),
    strategy: 'aggregate',
  }
}
