import type { JSONValue } from 'postgres'
import type { SqlFragment, Tx } from '../open-store.ts'
import { markEverybody } from './due-ranges.ts'
import { unsettleEverybody } from './save-due.ts'
import { markStale } from './save-features.ts'

/** What is derived anew, all of it, once its settings are others; scores are then made anew. `ages` are those that profiles tell; which events are due their deliveries say. */
export type Derivation = 'events' | 'sessions' | 'profiles' | 'ages' | 'features' | 'scores' | 'segments'

/** Keeps the settings by which something is derived from now on, and makes all of it due when they are others than before. */
export async function keepDerivationSettings(tx: Tx, derivation: Derivation, settings: JSONValue): Promise<void> {
  const changed = await tx`
    INSERT INTO onefold.derivation_settings AS former (derivation, settings) VALUES (${derivation}, ${tx.json(settings)})
    ON CONFLICT (derivation) DO UPDATE SET settings = excluded.settings WHERE former.settings <> excluded.settings
    RETURNING 1`
  if (changed.length > 0) await DUE[derivation](tx)
}

/** Whether something was derived by these settings last. */
export async function isDerivedBy(tx: Tx, derivation: Derivation, settings: JSONValue): Promise<boolean> {
  const kept = await tx`
    SELECT FROM onefold.derivation_settings WHERE derivation = ${derivation} AND settings = ${tx.json(settings)}`
  return kept.length > 0
}

/** What is derived, and by which settings. */
export type Derivations = Readonly<Partial<Record<Derivation, JSONValue>>>

/**
 * Whether all of these were derived by these settings last, some by others, or nothing ever was: for whoever derives only
 * some people, who are to be like the rest.
 */
export async function compareDerivations(tx: Tx, derivations: Derivations): Promise<'same' | 'others' | 'none'> {
  const others = await tx<{ isFirst: boolean }[]>`
    SELECT NOT EXISTS (SELECT FROM onefold.derivation_settings) AS "isFirst"
    FROM ${spell(tx, derivations)} LEFT JOIN onefold.derivation_settings AS kept USING (derivation)
    WHERE kept.settings IS DISTINCT FROM given.settings LIMIT 1`
  if (others[0]?.isFirst === true) return 'none'
  return others.length === 0 ? 'same' : 'others'
}

/** Keeps the settings by which the first things are derived. */
export async function beginDerivations(tx: Tx, derivations: Derivations): Promise<void> {
  await tx`INSERT INTO onefold.derivation_settings (derivation, settings) SELECT * FROM ${spell(tx, derivations)}`
}

function spell(tx: Tx, derivations: Derivations): SqlFragment {
  return tx`jsonb_each(${tx.json(derivations)}) AS given (derivation, settings)`
}

const DUE: Readonly<Record<Derivation, (tx: Tx) => Promise<unknown>>> = {
  events: async () => {},
  sessions: (tx) => markEverybody(tx, 'unstitched'),
  profiles: recomposeEverybody,
  ages: recomposeEverybody,
  features: (tx) => markStale(tx, tx`SELECT profile_id FROM onefold.profiles WHERE dissolved_at IS NULL`),
  scores: async () => {},
  segments: unsettleEverybody,
}

async function recomposeEverybody(tx: Tx): Promise<void> {
  await tx`UPDATE onefold.profiles SET stale = true WHERE dissolved_at IS NULL AND NOT stale`
}
