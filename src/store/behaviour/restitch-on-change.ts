import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

/** Makes everybody's sessions due to be cut again when they are cut otherwise from now on. Costs nothing while they are not. */
export async function restitchOnChange(tx: Tx, cuts: JSONValue): Promise<void> {
  const changed = await tx`
    INSERT INTO onefold.session_cuts AS former (cuts) VALUES (${tx.json(cuts)})
    ON CONFLICT ("only") DO UPDATE SET cuts = excluded.cuts WHERE former.cuts <> excluded.cuts RETURNING 1`
  if (changed.length === 0) return
  await tx`UPDATE onefold.records SET unstitched = true WHERE kind = 'actor' AND NOT unstitched`
}
