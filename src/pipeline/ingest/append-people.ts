import { openCopyWriter } from '../../store/copy-writer.ts'
import { copyRecords } from '../../store/ingest/copy-records.ts'
import { type DueWith, encodeRecords, packHeads } from '../../store/ingest/encode-records.ts'
import { insertRecordVersions } from '../../store/ingest/insert-record-versions.ts'
import type { RecordVersion } from '../../store/ingest/ledger-batch.ts'
import { updateRecords } from '../../store/ingest/update-records.ts'
import type { Tx } from '../../store/open-store.ts'
import { deriveHeads } from './derive-heads.ts'

/**
 * Writes what follows from rows about people that the ledger accepts: the heads of their records. `heads` are the newest
 * versions known of these records, locked.
 */
export async function appendPeople(
  tx: Tx,
  source: string,
  versions: readonly RecordVersion[],
  heads: ReadonlyMap<string, RecordVersion>,
  dueWith: DueWith,
): Promise<void> {
  const { added, changed, superseded } = deriveHeads(versions, heads)
  if (added.length > 0) await copyRecords(tx, encodeRecords(openCopyWriter(), source, dueWith, packHeads(added)))
  await updateRecords(tx, dueWith, changed)
  await insertRecordVersions(tx, superseded)
}
