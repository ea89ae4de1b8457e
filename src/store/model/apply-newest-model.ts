import type { Tx } from '../open-store.ts'

export interface AppliedModel {
  readonly version: number
  /** Records to be compared again. */
  readonly records: number
}

/**
 * Makes the newest model the one to judge by, unless it is already: what was judged under another is forgotten and
 * every record is compared again. Profiles stay as they are until that is done. Undefined when nothing changes.
 */
export async function applyNewestModel(tx: Tx): Promise<AppliedModel | undefined> {
  const [newest] = await tx<{ version: number }[]>`
    UPDATE onefold.models SET applied_at = now()
    WHERE version = (SELECT max(version) FROM onefold.models) AND applied_at IS NULL RETURNING version`
  if (newest === undefined) return undefined
  await tx`DELETE FROM onefold.judgements`
  const { count } = await tx`
    UPDATE onefold.records SET resolution = 'keyed' WHERE resolution IN ('compared', 'resolved')`
  return { version: newest.version, records: count }
}
