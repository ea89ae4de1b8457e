import { createHash } from 'node:crypto'
import type { JSONValue } from 'postgres'
import type { Channel } from '../../feature/channel.ts'
import { FEATURES } from '../../feature/features.ts'
import type { Settings } from '../../config/settings.ts'
import type { SegmentDefinition } from '../../segment/segment-definition.ts'
import { digestVocabulary, listVocabularies } from '../ingest/compose-vocabulary.ts'

/** Raised when code changes what is derived from the same facts and settings, so that all of it is derived anew. */
const REVISIONS = { events: 1, sessions: 3, profiles: 1, features: 4, segments: 3 } as const

/** What is derived of each person by the settings, and so anew when they change. */
export type Derived = keyof typeof REVISIONS

/** What sources are channels of, by source. */
export function listChannels(sources: Settings['sources']): Readonly<Record<string, Channel>> {
  return Object.fromEntries(
    Object.entries(sources).flatMap(([name, { channel }]) => (channel === undefined ? [] : [[name, channel] as const])),
  )
}

/**
 * All settings that each of the derived depends on, rules as a digest. Equal texts derive equally; definitions are those
 * compiled of the same settings.
 */
export function describeDerivations(
  { events, sources, rfm }: Pick<Settings, 'events' | 'sources' | 'rfm'>,
  definitions: readonly SegmentDefinition[],
): Readonly<Record<Derived, JSONValue>> {
  const trust = Object.entries(sources).map(([source, settings]) => [source, settings.trust] as const)
  return {
    events: { revision: REVISIONS.events, vocabularies: digestVocabulary(listVocabularies({ events, sources })) },
    sessions: { revision: REVISIONS.sessions, gap: events.session_gap, ...events.session_cuts },
    profiles: { revision: REVISIONS.profiles, trust: Object.fromEntries(trust) },
    features: {
      revision: REVISIONS.features,
      features: Object.keys(FEATURES),
      period: rfm.period_days ?? null,
      channels: listChannels(sources),
    },
    segments: {
      revision: REVISIONS.segments,
      rules: digestRules(definitions),
    },
  }
}

/** Digests of rules by what was compiled once: each arrival asks for them, and spelled they are tens of kilobytes. */
const digestOf = new WeakMap<readonly SegmentDefinition[], string>()

function digestRules(definitions: readonly SegmentDefinition[]): string {
  const known = digestOf.get(definitions) ?? createHash('sha256').update(spellRules(definitions)).digest('hex')
  digestOf.set(definitions, known)
  return known
}

function spellRules(definitions: readonly SegmentDefinition[]): string {
  return JSON.stringify(definitions.map(({ id, version, rule, scheme }) => ({ id, version, rule, scheme })))
}
