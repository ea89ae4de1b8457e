import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import { unsettleEverybody } from './save-due.ts'

/** What is derived anew, all of it, once its settings are others; scores are then made anew. */
export type Derivation = 'sessions' | 'features' | 'scores' | 'segments'

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

const DUE: Readonly<Record<Derivation, (tx: Tx) => Promise<unknown>>> = {
  sessions: (tx) => tx`UPDATE onefold.records SET unstitched = true WHERE kind = 'actor' AND NOT unstitched`,
  features: (tx) => tx`UPDATE onefold.features SET stale_at = '-infinity' WHERE stale_at > '-infinity'`,
  scores: async () => {},
  segments: unsettleEverybody,
}
