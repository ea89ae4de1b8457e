import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { lockSources } from './lock-sources.ts'

/** Rows of a delivery, both ends included, that are to be read again. */
export interface Rereading extends Record<string, JSONValue> {
  readonly deliveryId: string
  readonly source: string
  readonly fromRow: number
  readonly toRow: number
  /** When it was planned, as the database spells it; what is appended later is not meant. */
  readonly plannedAt: string
}

/**
 * Ranges of `size` pages each of the deliveries whose events were read by another vocabulary than the one their source has now
 * (`vocabularies`, by source): when they came, and whenever they were read again. What a server appends meanwhile by the former
 * one is found the next time.
 */
export async function planRereading(
  tx: Tx,
  vocabularies: Readonly<Record<string, JSONValue>>,
  size: number,
): Promise<Rereading[]> {
  const early = await findDue(tx, vocabularies)
  if (early.length === 0) return []
  // What is being appended is waited for; it counts as there, or as later.
  await lockSources(tx, [...new Set(early.map(({ source }) => source))])
  const due = await findDue(tx, vocabularies)
  return tx<Rereading[]>`
    SELECT delivery_id AS "deliveryId", source, first_row AS "fromRow",
      coalesce(lead(first_row) OVER (PARTITION BY delivery_id ORDER BY first_row) - 1, 2147483647) AS "toRow",
      clock_timestamp()::text AS "plannedAt"
    FROM (
      SELECT page.delivery_id, source, first_row, row_number() OVER (PARTITION BY page.delivery_id ORDER BY first_row) AS number
      FROM onefold.ledger_pages AS page JOIN onefold.deliveries AS delivery USING (delivery_id)
      WHERE page.delivery_id = ANY(${spellArray(due.map(({ deliveryId }) => deliveryId))}::uuid[])
    ) AS pages
    WHERE (number - 1) % ${size}::int = 0
    ORDER BY "deliveryId", "fromRow"`
}

async function findDue(
  tx: Tx,
  vocabularies: Readonly<Record<string, JSONValue>>,
): Promise<{ deliveryId: string; source: string }[]> {
  return tx`
    SELECT delivery_id AS "deliveryId", source
    FROM onefold.deliveries AS delivery
    JOIN jsonb_each(${tx.json(vocabularies)}) AS given (source, vocabulary) USING (source)
    CROSS JOIN LATERAL (SELECT jsonb_build_object(
      'declaredEvents', reading -> 'declaredEvents', 'eventNames', reading -> 'eventNames',
      'properties', reading -> 'properties', 'countsOrders', reading -> 'countsOrders') AS vocabulary) AS former
    WHERE reading ->> 'kind' = 'events'
      AND (coalesce(reread_by, former.vocabulary) <> given.vocabulary
        OR (former.vocabulary <> given.vocabulary AND (completed_at IS NULL OR completed_at > reread_at)))
      AND EXISTS (SELECT FROM onefold.ledger_pages AS page WHERE page.delivery_id = delivery.delivery_id)`
}

/** Says that a delivery was read again by a vocabulary, once all its chunks of a run are done. */
export async function markReread(
  tx: Tx,
  { runId, stage }: { readonly runId: string; readonly stage: string },
  { deliveryId, plannedAt }: Rereading,
  vocabulary: JSONValue,
): Promise<void> {
  // Of two that are the last together, the second sees the first.
  await tx`SELECT FROM onefold.deliveries WHERE delivery_id = ${deliveryId} FOR UPDATE`
  await tx`
    UPDATE onefold.deliveries SET reread_by = ${tx.json(vocabulary)}, reread_at = ${plannedAt}::text::timestamptz
    WHERE delivery_id = ${deliveryId} AND NOT EXISTS (
      SELECT FROM onefold.chunks WHERE run_id = ${runId} AND stage = ${stage} AND state <> 'done'
        AND reference ->> 'deliveryId' = ${deliveryId})`
}
