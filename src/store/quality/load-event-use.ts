import type { Tx } from '../open-store.ts'

/** Events of one source, kind and name in a span. */
export interface EventKindUse {
  readonly source: string
  readonly kind: string
  /** Null for names that are not declared, which are not kept, and for kinds that have none. */
  readonly name: string | null
  readonly events: number
  readonly bots: number
  /** Of the events before the span. */
  readonly before: number
}

/** What kinds of events there are: in a span, and in as long a span before it. */
export async function loadEventUse(tx: Tx, from: Date, to: Date): Promise<readonly EventKindUse[]> {
  const before = new Date(from.getTime() - (to.getTime() - from.getTime()))
  return tx<EventKindUse[]>`
    SELECT source, kind, name, count(*) FILTER (WHERE occurred_at >= ${from}) AS events,
      count(*) FILTER (WHERE occurred_at >= ${from} AND bot) AS bots,
      count(*) FILTER (WHERE occurred_at < ${from}) AS before
    FROM onefold.events WHERE occurred_at >= ${before} AND occurred_at < ${to}
    GROUP BY source, kind, name ORDER BY source, kind, name NULLS LAST`
}

/** Events of one source and kind, a day each from its first in the span, without gaps. */
export interface DailyVolume {
  readonly source: string
  readonly kind: string
  /** UTC. */
  readonly day: string
  readonly events: number
}

/** How many events of each source and kind there were on each UTC day of a span, days without any included. */
export async function loadDailyVolumes(tx: Tx, from: Date, to: Date): Promise<readonly DailyVolume[]> {
  return tx<DailyVolume[]>`
    WITH counted AS (
      SELECT source, kind, (occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS events
      FROM onefold.events WHERE occurred_at >= ${from} AND occurred_at < ${to} GROUP BY 1, 2, 3
    ), spans AS (
      SELECT source, kind, generate_series(min(day), (${to}::timestamptz AT TIME ZONE 'UTC')::date - 1, interval '1 day')::date AS day
      FROM counted GROUP BY source, kind
    )
    SELECT source, kind, to_char(day, 'YYYY-MM-DD') AS day, coalesce(events, 0) AS events
    FROM spans LEFT JOIN counted USING (source, kind, day) ORDER BY source, kind, day`
}

/** A finding about events of a source, and in how many rows it was made, over all its deliveries. */
export interface EventFinding {
  readonly source: string
  readonly code: string
  readonly failed: number
}

/** What was found wrong with events: names and properties that are not declared, values that are not of their type, times that cannot be, nobody who did it. */
export async function countEventFindings(tx: Tx): Promise<readonly EventFinding[]> {
  return tx<EventFinding[]>`
    SELECT source, code, sum(failed)::bigint AS failed FROM onefold.quality_results
    WHERE code LIKE ANY (ARRAY['event.%', 'property.%', 'occurred_at.%'])
    GROUP BY source, code HAVING sum(failed) > 0 ORDER BY source, code`
}

/** When the newest event before an instant happened; undefined when there is none. */
export async function findNewestEvent(tx: Tx, before: Date): Promise<Date | undefined> {
  const [row] = await tx<{ at: Date | null }[]>`
    SELECT max(occurred_at) AS at FROM onefold.events WHERE occurred_at < ${before}`
  return row?.at ?? undefined
}
