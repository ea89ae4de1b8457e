import { OnefoldError } from '../../errors.ts'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import { unpackPage } from '../../privacy/unpack-page.ts'
import type { ParsedRow } from '../../record/parsed-row.ts'
import type { FormatSettings } from '../../source/file-format.ts'
import { parseRow } from '../../source/parse-row.ts'
import type { NamedEvents } from '../../store/ingest/append-events.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import { loadRepairedRows, readEventPages } from '../../store/ingest/load-event-rows.ts'
import type { Rereading } from '../../store/ingest/plan-rereading.ts'
import type { Tx } from '../../store/open-store.ts'
import { loadLayout } from '../../store/quarantine/load-layout.ts'
import { packUuids } from '../../store/uuid-column.ts'
import type { Context } from '../context.ts'
import { admitRow, type JudgedRow, type ToldEvent } from '../ingest/admit-row.ts'
import { composeDeliveryPlan } from '../ingest/compose-delivery-plan.ts'
import type { Vocabulary } from '../ingest/compose-vocabulary.ts'
import type { DeliveryPlan } from '../ingest/delivery-plan.ts'
import { openEventColumns } from '../ingest/open-event-columns.ts'
import type { Reading } from '../ingest/reading.ts'
import { namePage } from '../name-place.ts'
import { loadPresentLayout } from '../quarantine/load-present-layout.ts'
import { applyFix, openHeldRow } from '../quarantine/open-held-row.ts'

interface EventRow {
  readonly eventId: string
  readonly actorId: string
  readonly event: ToldEvent
}

/**
 * What the accepted rows of a range tell by a vocabulary; all else is read as when they came, and rows that were repaired as they
 * would be replayed today. They go on being called what the ledger calls them. Throws `seal.broken`.
 */
export async function readEventsAgain(
  context: Context,
  tx: Tx,
  range: Rereading,
  vocabulary: Vocabulary,
): Promise<NamedEvents> {
  const told = [...(await readPages(context, tx, range, vocabulary)), ...(await readRepaired(context, tx, range))]
  const collector = openEventColumns(told.length)
  for (const [row, { event }] of told.entries()) collector.set(row, event)
  return {
    eventIds: packUuids(told.map(({ eventId }) => eventId)),
    actorIds: packUuids(told.map(({ actorId }) => actorId)),
    events: collector.take(told.length),
    rows: Int32Array.from(told.keys()),
  }
}

async function readPages(context: Context, tx: Tx, range: Rereading, vocabulary: Vocabulary): Promise<EventRow[]> {
  const { columns, ...delivery } = await loadLayout<Reading>(tx, range.deliveryId)
  const reading = { ...delivery.reading, ...vocabulary }
  const layout = { columns, format: reading.format as FormatSettings }
  const judge = openJudge(context, { ...delivery, reading })
  const told: EventRow[] = []
  for await (const pages of readEventPages(tx, range)) {
    for (const { firstRow, outcomes, lines, actorIds, eventIds, sealed } of pages) {
      const page = openEnvelope(context.keyring, sealed, namePage(range.deliveryId, firstRow))
      for (const [position, outcome] of [...outcomes].entries()) {
        if (outcome !== 'a') continue
        const place = { rowNo: firstRow + position, line: lines[position]! }
        const { row, columns: found } = parseRow(unpackPage(page, position).raw, layout, place)
        // Accepted once it stays so, whatever the policies of today.
        const event = judge(row, found)?.event
        if (event !== undefined) told.push({ eventId: eventIds[position]!, actorId: actorIds[position]!, event })
      }
    }
  }
  return told
}

async function readRepaired(context: Context, tx: Tx, range: Rereading): Promise<EventRow[]> {
  const repaired = await loadRepairedRows(tx, range)
  if (repaired.length === 0) return []
  const layout = await loadPresentLayout(context, tx, range.deliveryId)
  const judge = openJudge(context, layout.delivery)
  return repaired.flatMap(({ eventId, actorId, ...held }) => {
    const opened = openHeldRow(context, held, layout)
    const judged = judge(applyFix(opened), opened.columns)
    // Bad again, it was repaired by what is not known any more, and that may be any of its cells.
    if (judged?.outcome !== 'accepted' || judged.event === undefined) return []
    return [{ eventId, actorId, event: judged.event }]
  })
}

/** Judges rows of a delivery, undefined where its contract refuses one; the plan is compiled once for each set of columns. */
function openJudge(
  { keyring }: Pick<Context, 'keyring'>,
  delivery: Delivery<Reading>,
): (row: ParsedRow, columns: readonly string[]) => JudgedRow | undefined {
  let plan: DeliveryPlan | undefined
  return (row, columns) => {
    try {
      if (plan?.columns !== columns) plan = composeDeliveryPlan(delivery, columns)
      return admitRow(keyring, plan, row)
    } catch (failure) {
      if (!(failure instanceof OnefoldError) || failure.code !== 'contract.broken') throw failure
      return undefined
    }
  }
}
