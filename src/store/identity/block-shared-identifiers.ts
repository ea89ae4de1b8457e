import type { Tx } from '../open-store.ts'

/**
 * Blocks e-mails, phones and devices that more than `maxPeople` records of different people carry [B5]: records of
 * one source with different keys count as different people, since a source knows its own. What a person has lifted
 * stays so. Looks at what anybody carries, or at what keyed records carry alone: of the rest nothing has changed unless
 * the limit has. Returns those that are new.
 */
export async function blockSharedIdentifiers(
  tx: Tx,
  maxPeople: number,
  among: 'all' | 'keyed' = 'all',
): Promise<string[]> {
  // What is listed is known, however many carry it; what is not, at most a few do.
  const within =
    among === 'all'
      ? tx``
      : tx`AND identifier.hash IN (
          SELECT carried.hash FROM onefold.identifiers AS carried JOIN onefold.records AS due USING (record_id)
          WHERE due.resolution = 'keyed'
            AND NOT EXISTS (SELECT FROM onefold.blocked_identifiers AS known WHERE known.hash = carried.hash))`
  const blocked = await tx<{ hash: string }[]>`
    INSERT INTO onefold.blocked_identifiers (hash, kind, reason, blocked_at)
    SELECT hash, kind, 'shared', now() FROM (
      SELECT identifier.hash, identifier.kind, record.source, count(*) AS people
      FROM onefold.identifiers AS identifier JOIN onefold.records AS record USING (record_id)
      WHERE identifier.kind IN ('email', 'phone', 'device_id') AND record.kind = 'person' ${within}
      GROUP BY identifier.hash, identifier.kind, record.source
    ) AS shared WHERE people > ${maxPeople}
    ON CONFLICT DO NOTHING RETURNING hash`
  return blocked.map(({ hash }) => hash)
}
