import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { touchNeighbours } from './touch-neighbours.ts'

export interface KeyRow {
  readonly recordId: string
  readonly key: bigint
  readonly rule: number
  readonly refined: readonly bigint[]
}

export interface IdentifierRow {
  readonly recordId: string
  readonly hash: string
  readonly kind: string
}

/** What follows from the newest versions of some records. */
export interface RecordKeys {
  readonly keys: readonly KeyRow[]
  readonly identifiers: readonly IdentifierRow[]
  /** Those that their sources have deleted. */
  readonly deleted: readonly string[]
}

/**
 * Gives records the keys and identifiers of their newest version, forgets what was judged of the former one, and
 * marks them as keyed. The caller holds the records' locks (`lockNewRecords`), so no newer version slips in between.
 */
export async function replaceKeys(
  tx: Tx,
  recordIds: readonly string[],
  { keys, identifiers, deleted }: RecordKeys,
): Promise<void> {
  if (recordIds.length === 0) return
  const ids = spellArray(recordIds)
  // Sent together and done in this order, without a pause in between; few statements, since each costs more than what it
  // does. Keys are random: put in by their order, each page of their index is met once.
  await Promise.all([
    tx`
      WITH touched AS (${touchNeighbours(tx, ids)}),
        without_keys AS (DELETE FROM onefold.blocking_keys WHERE record_id = ANY(${ids}::uuid[])),
        without_identifiers AS (DELETE FROM onefold.identifiers WHERE record_id = ANY(${ids}::uuid[])),
        without_left AS (DELETE FROM onefold.judgements WHERE record_a = ANY(${ids}::uuid[]))
      DELETE FROM onefold.judgements WHERE record_b = ANY(${ids}::uuid[])`,
    tx`
      WITH given_keys AS (
        INSERT INTO onefold.blocking_keys (key, record_id, rule, refined)
        SELECT key, record_id, rule, string_to_array(refined, ' ')::bigint[]
        FROM unnest(
          ${spellArray(keys.map((row) => String(row.key)))}::bigint[], ${spellArray(keys.map((row) => row.recordId))}::uuid[],
          ${spellArray(keys.map((row) => row.rule))}::int[],
          ${spellArray(keys.map((row) => (row.refined.length === 0 ? null : row.refined.join(' '))))}::text[]
        ) AS given (key, record_id, rule, refined)
        ORDER BY key, record_id
        ON CONFLICT DO NOTHING
      ), given_identifiers AS (
        INSERT INTO onefold.identifiers (hash, record_id, kind)
        SELECT * FROM unnest(
          ${spellArray(identifiers.map((row) => row.hash))}::uuid[], ${spellArray(identifiers.map((row) => row.recordId))}::uuid[],
          ${spellArray(identifiers.map((row) => row.kind))}::text[]
        ) ON CONFLICT DO NOTHING
      )
      UPDATE onefold.records SET resolution = 'keyed', deleted = record_id = ANY(${spellArray(deleted)}::uuid[])
      WHERE record_id = ANY(${ids}::uuid[])`,
  ])
}
