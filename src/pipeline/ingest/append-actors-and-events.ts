import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendEvents, type NamedEvents } from '../../store/ingest/append-events.ts'
import type { ActorRow } from '../../store/ingest/ledger-batch.ts'
import { markUnstitched, upsertActors } from '../../store/ingest/upsert-actors.ts'
import type { Tx } from '../../store/open-store.ts'
import { openRepeatFinder, readUuid } from '../../store/uuid-column.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import type { ToldActor } from './admitted-batch.ts'

/**
 * Writes what follows from rows of events or orders that the ledger accepts, those at `rows`: the events, and whom they
 * speak of. Rows that tell of no event are left out.
 */
export async function appendActorsAndEvents(
  context: Context,
  tx: Tx,
  source: string,
  named: NamedEvents,
  actors: readonly ToldActor[],
): Promise<void> {
  const { actorIds, events } = named
  const rows = named.rows.filter((row) => !Number.isNaN(events.occurredAtMs[row]))
  const finder = openRepeatFinder(actorIds.slice(), events.occurredAtMs.length)
  const earliestAt = new Map<number, number>()
  for (const row of rows) {
    const first = finder.findFirst(row)
    earliestAt.set(first, Math.min(earliestAt.get(first) ?? Infinity, events.occurredAtMs[row]!))
  }
  const earliestOf = new Map(Array.from(earliestAt, ([row, at]) => [readUuid(actorIds, row), at]))
  const told = new Map(actors.map((actor) => [readUuid(actorIds, actor.row), actor]))
  await upsertActors(tx, source, earliestOf.keys(), (recordId): ActorRow => {
    const { device, description } = told.get(recordId) as ToldActor
    const sealed = sealEnvelope(
      context.keyring,
      Buffer.from(description, 'utf8'),
      `records:${recordId}`,
      context.random,
    )
    return { recordId, stream: nameStream(context, device, recordId), sealed }
  })
  await Promise.all([markUnstitched(tx, earliestOf), appendEvents(tx, source, { ...named, rows })])
}

/** The visitor or device whose events belong to one stream: a cookie or device id, else the record itself. */
function nameStream(context: Context, device: ToldActor['device'], recordId: string): string {
  return device === undefined ? recordId : hashToUuid(context.keyring.identifiers, 'stream', device.kind, device.value)
}
