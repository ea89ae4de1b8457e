import { createHash } from 'node:crypto'
import type { Settings, SourceSettings } from '../../config/settings.ts'
import type { Reading } from './reading.ts'

/** What a project says its events are called and tell. Events can be read again by another one: it names nobody. */
export type Vocabulary = Required<Pick<Reading, 'declaredEvents' | 'eventNames' | 'properties' | 'countsOrders'>>

/** By what vocabulary the events of a source are read. */
export function composeVocabulary(source: SourceSettings, settings: Pick<Settings, 'events' | 'sources'>): Vocabulary {
  const { declared, names, properties } = settings.events
  const declaredEvents = [...declared, ...Object.keys(properties)]
  // What a project declares it means.
  const kept = Object.fromEntries(declaredEvents.map((name) => [name, name]))
  return {
    declaredEvents,
    eventNames: { ...kept, ...names },
    properties,
    countsOrders: source.count_orders ?? !Object.values(settings.sources).some(({ kind }) => kind === 'orders'),
  }
}

/** The vocabularies of all sources of events, by source. */
export function listVocabularies(settings: Pick<Settings, 'events' | 'sources'>): Readonly<Record<string, Vocabulary>> {
  return Object.fromEntries(
    Object.entries(settings.sources).flatMap(([name, source]) =>
      source.kind === 'events' ? [[name, composeVocabulary(source, settings)] as const] : [],
    ),
  )
}

/** SHA-256 of vocabularies, or of one: equal digests, equal events. */
export function digestVocabulary(vocabulary: Vocabulary | Readonly<Record<string, Vocabulary>>): string {
  return createHash('sha256').update(JSON.stringify(vocabulary)).digest('hex')
}
