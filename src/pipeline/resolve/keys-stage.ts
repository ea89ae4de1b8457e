import { DEFAULT_BLOCKING_RULES } from '../../matching/blocking-rules.ts'
import { deriveBlockingKeys } from '../../matching/derive-blocking-keys.ts'
import { deriveIdentifiers } from '../../matching/derive-identifiers.ts'
import { keyedHash64 } from '../../privacy/keyed-hash-64.ts'
import { inLease } from '../../store/in-transaction.ts'
import { lockNewRecords } from '../../store/identity/lock-new-records.ts'
import { lockReceivedRecords } from '../../store/identity/lock-received-records.ts'
import { type PageRange, planPageRanges } from '../../store/identity/plan-page-ranges.ts'
import { planRecordRanges, type SeqRange } from '../../store/identity/plan-record-ranges.ts'
import { type IdentifierRow, type KeyRow, type RecordKeys, replaceKeys } from '../../store/identity/replace-keys.ts'
import type { Tx } from '../../store/open-store.ts'
import type { LeasedChunk } from '../../store/run/chunk.ts'
import { finishChunk } from '../../store/run/finish-chunk.ts'
import type { Context } from '../context.ts'
import type { Stage } from '../stage.ts'
import { hashIdentifier } from './hash-identifier.ts'
import { openRecords } from './open-records.ts'

const RULE_NUMBERS = new Map(DEFAULT_BLOCKING_RULES.map((rule, number) => [rule.name, number]))

/** Some 5,000 records, as many as a chunk of single ones has. */
const PAGES_PER_CHUNK = 320

/** records → blocking keys and identifiers, as keyed hashes. A chunk is a range of ledger pages, or of single records. */
export const keysStage: Stage = {
  name: 'keys',
  plan: async (_context, tx) => [
    ...(await planPageRanges(tx, PAGES_PER_CHUNK)),
    ...(await planRecordRanges(tx, 'new', 5_000)),
  ],
  work: deriveKeys,
}

async function deriveKeys(context: Context, chunk: LeasedChunk): Promise<void> {
  await inLease(context.store.sql, chunk, async (tx) => {
    const ids =
      'fromPage' in chunk.reference
        ? await lockReceivedRecords(tx, chunk.reference as unknown as PageRange)
        : await lockNewRecords(tx, chunk.reference as unknown as SeqRange)
    const keys = await deriveKeysOf(context, tx, ids)
    await replaceKeys(tx, ids, keys)
    await finishChunk(tx, chunk, countKeys(ids, keys))
  })
}

/** The keys and identifiers of the newest versions of these records; of one that its source has deleted there are none. */
export async function deriveKeysOf(context: Context, tx: Tx, ids: readonly string[]): Promise<RecordKeys> {
  const keys: KeyRow[] = []
  const identifiers: IdentifierRow[] = []
  const deleted: string[] = []
  for await (const { recordId, record } of openRecords(context, tx, ids)) {
    if (record.deleted === true) deleted.push(recordId)
    const hash = (text: string): bigint => keyedHash64(context.keyring.blocking, text)
    for (const { rule, text, refined } of deriveBlockingKeys(record, DEFAULT_BLOCKING_RULES)) {
      const name = `${rule}\u0000${text}`
      keys.push({
        recordId,
        key: hash(name),
        rule: RULE_NUMBERS.get(rule) ?? 0,
        refined: refined.map((finer) => hash(`${rule}\u0000${finer}`)),
      })
    }
    for (const identifier of deriveIdentifiers(record)) {
      identifiers.push({
        recordId,
        hash: hashIdentifier(context, identifier),
        kind: identifier.kind,
      })
    }
  }
  return { keys, identifiers, deleted }
}

/** What the keys of records are reported as. */
export function countKeys(ids: readonly string[], { keys }: RecordKeys): { keyed: number; blockingKeys: number } {
  return { keyed: ids.length, blockingKeys: keys.length }
}
