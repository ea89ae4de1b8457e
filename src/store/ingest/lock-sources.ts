import type { Tx } from '../open-store.ts'

/**
 * Keeps others from deciding what is a repeat in these sources until the commit. Taken before any other lock on what
 * the sources delivered. Fingerprints and record ids are of one source each, so sources never wait for each other.
 */
export async function lockSources(tx: Tx, sources: readonly string[]): Promise<void> {
  for (const source of sources.toSorted())
    await tx`SELECT pg_advisory_xact_lock(hashtextextended(${`onefold.source.${source}`}, 0))`
}
