import type { Tx } from '../open-store.ts'
import type { Check } from './check.ts'

/** Where the rows of one source of one run ended; `received` is what the reader counted. */
export interface OutcomeSums {
  readonly runId: string
  readonly source: string
  readonly received: number
  readonly accepted: number
  readonly duplicate: number
  readonly quarantined: number
  readonly rejected: number
  readonly erased: number
}

/** The sums of each ingest run (P2): what was received against where the ledger's rows stand today. */
export async function sumOutcomes(tx: Tx): Promise<OutcomeSums[]> {
  return tx<OutcomeSums[]>`
    SELECT delivery.run_id AS "runId", delivery.source,
      coalesce(sum((chunk.counts ->> 'received')::bigint), 0)::bigint AS received,
      coalesce(sum(ledger.accepted), 0)::bigint AS accepted, coalesce(sum(ledger.duplicate), 0)::bigint AS duplicate,
      coalesce(sum(ledger.quarantined), 0)::bigint AS quarantined, coalesce(sum(ledger.rejected), 0)::bigint AS rejected,
      coalesce(sum(ledger.erased), 0)::bigint AS erased
    FROM onefold.deliveries AS delivery
    JOIN onefold.chunks AS chunk ON chunk.run_id = delivery.run_id AND chunk.stage = 'ingest'
      AND chunk.reference ->> 'deliveryId' = delivery.delivery_id::text
    LEFT JOIN (
      SELECT delivery_id, count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
        count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
        count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
        count(*) FILTER (WHERE outcome = 'rejected') AS rejected, count(*) FILTER (WHERE outcome = 'erased') AS erased
      FROM onefold.raw_records GROUP BY delivery_id
    ) AS ledger USING (delivery_id)
    GROUP BY 1, 2 ORDER BY 1, 2`
}

/** Every accepted row is what it should be downstream: a version of a record, or an event. */
export async function checkAcceptedRows(tx: Tx): Promise<Check[]> {
  const [rows] = await tx<{ checked: number; broken: number; examples: string[] }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE lost) AS broken,
      (array_agg(name) FILTER (WHERE lost))[1:5] AS examples
    FROM (
      SELECT raw.delivery_id || ':' || raw.row_no AS name,
        record.record_id IS NULL OR (record.kind = 'actor') <> (event.event_id IS NOT NULL) AS lost
      FROM onefold.raw_records AS raw
      LEFT JOIN onefold.records AS record ON record.record_id = raw.record_id
      LEFT JOIN onefold.events AS event ON event.event_id = raw.fingerprint
      WHERE raw.outcome = 'accepted'
    ) AS rows`
  const [events] = await tx<{ checked: number; broken: number }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE raw.fingerprint IS NULL) AS broken
    FROM onefold.events AS event
    LEFT JOIN onefold.raw_records AS raw ON raw.fingerprint = event.event_id AND raw.outcome = 'accepted'`
  const [lines] = await tx<{ checked: number; broken: number }[]>`
    SELECT count(*) AS checked, count(*) FILTER (WHERE
      (line.occurred_at, line.order_key, line.is_line, line.amount)
        IS DISTINCT FROM (event.occurred_at, event.order_key, event.kind = 'order_line', event.amount)) AS broken
    FROM (SELECT * FROM onefold.events WHERE kind = 'order_line' OR order_key IS NOT NULL) AS event
    FULL JOIN onefold.ordered_lines AS line USING (actor_id, event_id)`
  return [
    { promise: 'every accepted row is a version of one record, or one event', ...normalize(rows) },
    { promise: 'every event comes from one accepted row', ...normalize(events) },
    { promise: 'what was ordered is what events say', ...normalize(lines) },
  ]
}

/** Rows of an aggregate query are never absent; examples are null when there are none. */
export function normalize(
  row: { checked: number; broken: number; examples?: string[] | null } | undefined,
): Omit<Check, 'promise'> {
  return { checked: row?.checked ?? 0, broken: row?.broken ?? 0, examples: row?.examples ?? [] }
}
