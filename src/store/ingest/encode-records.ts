import { openCopyWriter } from '../copy-writer.ts'
import type { RecordVersion } from './ledger-batch.ts'

/** How the keys of a record's newest version come to be: with its ledger page, or by itself. */
export type DueWith = 'received' | 'new'

/** A record with its newest version after a batch, and what the batch adds to it. */
export interface RecordHead extends RecordVersion {
  /** Place of the first of its versions in the batch. */
  readonly firstPlace: number
  /** Versions in the batch. */
  readonly versions: number
}

/** Spells records that are not known yet for `copyRecords`, sorted by id, so that their index is met page by page. */
export function encodeRecords(source: string, dueWith: DueWith, heads: readonly RecordHead[]): Buffer {
  const writer = openCopyWriter(64 + heads.length * 160)
  const [sourceBytes, kind, resolution] = [source, 'person', dueWith].map((text) => Buffer.from(text, 'utf8'))
  for (const head of heads.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))) {
    writer.row(9)
    writer.uuid(head.recordId)
    writer.bigint(head.firstPlace)
    writer.bytes(sourceBytes as Buffer)
    writer.bytes(kind as Buffer)
    writer.bigint(head.place)
    writer.uuid(head.fingerprint)
    if (head.updatedAtMs === null) writer.absent()
    else writer.timestamp(head.updatedAtMs)
    writer.integer(head.versions)
    writer.bytes(resolution as Buffer)
  }
  return writer.finish()
}
