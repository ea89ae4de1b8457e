import type { Tx } from '../open-store.ts'

/** What a source has delivered. */
export interface Arrivals {
  readonly source: string
  readonly deliveries: number
  /** Of the last delivery that was read to its end; null when none was. */
  readonly lastReceivedAt: Date | null
  /** Since then, by the database's clock. */
  readonly ageMs: number | null
}

/** Every source that ever delivered. */
export async function loadArrivals(tx: Tx): Promise<Arrivals[]> {
  return tx<Arrivals[]>`
    SELECT source, count(*) AS deliveries,
      max(received_at) FILTER (WHERE completed_at IS NOT NULL) AS "lastReceivedAt",
      (extract(epoch FROM clock_timestamp() - max(received_at) FILTER (WHERE completed_at IS NOT NULL)) * 1000)::float8 AS "ageMs"
    FROM onefold.deliveries GROUP BY source ORDER BY source`
}
