import type { Tx } from '../open-store.ts'

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

/**
 * Gives records the keys and identifiers of their newest version, forgets what was judged of the former one, and
 * marks them as keyed. The caller holds the records' locks (`lockNewRecords`), so no newer version slips in between.
 */
export async function replaceKeys(
  tx: Tx,
  recordIds: readonly string[],
  keys: readonly KeyRow[],
  identifiers: readonly IdentifierRow[],
): Promise<void> {
  const ids = [...recordIds]
  await tx`DELETE FROM onefold.blocking_keys WHERE record_id = ANY(${ids}::uuid[])`
  await tx`DELETE FROM onefold.identifiers WHERE record_id = ANY(${ids}::uuid[])`
  await tx`DELETE FROM onefold.judgements WHERE record_a = ANY(${ids}::uuid[])`
  await tx`DELETE FROM onefold.judgements WHERE record_b = ANY(${ids}::uuid[])`
  await tx`
    INSERT INTO onefold.blocking_keys (key, record_id, rule, refined)
    SELECT key, record_id, rule, string_to_array(refined, ' ')::bigint[]
    FROM unnest(
      ${keys.map((row) => String(row.key))}::bigint[], ${keys.map((row) => row.recordId)}::uuid[],
      ${keys.map((row) => row.rule)}::int[],
      ${keys.map((row) => (row.refined.length === 0 ? null : row.refined.join(' ')))}::text[]
    ) AS given (key, record_id, rule, refined)
    ON CONFLICT DO NOTHING`
  await tx`
    INSERT INTO onefold.identifiers (hash, record_id, kind)
    SELECT * FROM unnest(
      ${identifiers.map((row) => row.hash)}::uuid[], ${identifiers.map((row) => row.recordId)}::uuid[],
      ${identifiers.map((row) => row.kind)}::text[]
    ) ON CONFLICT DO NOTHING`
  await tx`UPDATE onefold.records SET resolution = 'keyed' WHERE record_id = ANY(${ids}::uuid[])`
}
