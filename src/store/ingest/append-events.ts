import { spellDay } from '../../record/spell-day.ts'
import { copyIn } from '../copy-in.ts'
import { type CopyWriter, openCopyWriter } from '../copy-writer.ts'
import type { SqlFragment, Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import { isNil, readUuid, sortByStart, spellUuids, takeUuids } from '../uuid-column.ts'
import { FEW_ROWS } from './few-rows.ts'
import type { EventColumns } from './ledger-batch.ts'

/** Events of a batch: their ids and actors are columns of UUIDs, `rows` the positions of those meant, ascending. */
export interface NamedEvents {
  readonly eventIds: Uint8Array
  readonly actorIds: Uint8Array
  readonly events: EventColumns
  readonly rows: Int32Array
}

/**
 * Appends events that the ledger accepted, and makes the months they fall into and the words they are told by. The caller holds their source's lock
 * and has found none of them.
 */
export async function appendEvents(tx: Tx, source: string, named: NamedEvents): Promise<void> {
  if (named.rows.length === 0) return
  const isFew = named.rows.length <= FEW_ROWS
  await Promise.all([makeMonths(tx, named), keepWords(tx, named), isFew ? insertEvents(tx, source, named) : undefined])
  if (!isFew) await copyEvents(tx, source, named)
}

async function insertEvents(tx: Tx, source: string, named: NamedEvents): Promise<void> {
  await Promise.all([
    tx`INSERT INTO onefold.event_ids SELECT unnest(${spellUuids(takeUuids(named.eventIds, named.rows))}::uuid[])`,
    tx`
      INSERT INTO onefold.events
        (event_id, occurred_at, actor_id, source, kind, name, bot, campaign, order_key, quantity, amount, currency,
         properties)
      SELECT event_id, occurred_at, actor_id, ${source}, kind, name, bot, campaign, order_key, quantity, amount, currency,
        properties
      FROM ${spellEvents(tx, named)}`,
  ])
}

/** The events as rows called `given`, with the columns of `onefold.events` but their source. */
export function spellEvents(tx: Tx, { eventIds, actorIds, events, rows }: NamedEvents): SqlFragment {
  const positions = [...rows]
  const told = new Map(events.properties)
  const word = (places: Int32Array): string => spellArray(positions.map((row) => events.words[places[row]!] ?? null))
  const number = (values: Float64Array): string =>
    spellArray(positions.map((row) => (Number.isNaN(values[row]!) ? null : values[row]!)))
  const id = (column: Uint8Array): string =>
    spellArray(positions.map((row) => (isNil(column, row) ? null : readUuid(column, row))))
  return tx`(
    SELECT event_id, to_timestamp(at / 1000.0)::timestamptz(3) AS occurred_at, actor_id, kind, name, bot, campaign, order_key,
      quantity, amount, currency, properties::jsonb AS properties
    FROM unnest(
      ${spellUuids(takeUuids(eventIds, rows))}::uuid[], ${number(events.occurredAtMs)}::float8[],
      ${spellUuids(takeUuids(actorIds, rows))}::uuid[], ${word(events.kinds)}::text[], ${word(events.names)}::text[],
      ${spellArray(positions.map((row) => String(events.bots[row] === 1)))}::bool[],
      ${id(events.campaigns)}::uuid[], ${id(events.orderKeys)}::uuid[], ${number(events.quantities)}::float8[],
      ${number(events.amounts)}::float8[], ${word(events.currencies)}::text[],
      ${spellArray(positions.map((row) => told.get(row) ?? null))}::text[]
    ) AS spelled (event_id, at, actor_id, kind, name, bot, campaign, order_key, quantity, amount, currency, properties)
  ) AS given`
}

/** Of many events; nothing else may be sent until it is done. */
async function copyEvents(tx: Tx, source: string, named: NamedEvents): Promise<void> {
  const writer = openCopyWriter()
  await copyIn(tx, tx`onefold.event_ids (event_id)`, encodeIds(writer, takeUuids(named.eventIds, named.rows)))
  await copyIn(
    tx,
    tx`onefold.events
      (event_id, occurred_at, actor_id, source, kind, name, bot, campaign, order_key, quantity, amount, currency,
       properties)`,
    encodeEvents(writer, source, named),
  )
}

/** A function of its own: statements go out in the order of their `await`s, and one handed to `Promise.all` itself after all of them. */
async function makeMonths(tx: Tx, named: NamedEvents): Promise<void> {
  const days = listMonths(named).map((ms) => spellDay(new Date(ms)))
  await tx`SELECT onefold.ensure_event_month(month) FROM unnest(${spellArray(days)}::date[]) AS month`
}

/** Numbers the kinds and names of events that have not been met before. */
export async function keepWords(tx: Tx, { events: { kinds, names, words }, rows }: NamedEvents): Promise<void> {
  const met = new Map<number, readonly [kind: string, name: string | null]>()
  for (const row of rows) {
    const [kind, name] = [kinds[row]!, names[row]!]
    const key = kind * (words.length + 1) + name + 1
    if (!met.has(key)) met.set(key, [words[kind]!, words[name] ?? null])
  }
  const told = [...met.values()]
  // In one order, so that those who meet the same wait for one another, not each for the other.
  await tx`
    INSERT INTO onefold.event_words (kind, name)
    SELECT kind, name FROM unnest(
      ${spellArray(told.map(([kind]) => kind))}::text[], ${spellArray(told.map(([, name]) => name))}::text[]
    ) AS given (kind, name)
    WHERE NOT EXISTS (SELECT FROM onefold.event_words AS known
      WHERE known.kind = given.kind AND known.name IS NOT DISTINCT FROM given.name)
    ORDER BY kind, name ON CONFLICT DO NOTHING`
}

/** The first instants of the months that events fall into, UTC, ascending. */
function listMonths({ events: { occurredAtMs }, rows }: NamedEvents): number[] {
  const months = new Set<number>()
  let [start, end] = [Number.NaN, Number.NaN]
  for (const row of rows) {
    const ms = occurredAtMs[row]!
    // Events of a file mostly follow one another in time.
    if (ms >= start && ms < end) continue
    const date = new Date(ms)
    start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
    end = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
    months.add(start)
  }
  return [...months].toSorted((left, right) => left - right)
}

/** Sorted, so that their index is met page by page. */
function encodeIds(writer: CopyWriter, ids: Uint8Array): Uint8Array {
  for (const index of sortByStart(ids)) {
    writer.row(1)
    writer.uuid(ids, index)
  }
  return writer.finish()
}

function encodeEvents(
  writer: CopyWriter,
  source: string,
  { eventIds, actorIds, events, rows }: NamedEvents,
): Uint8Array {
  const { occurredAtMs, kinds, names, currencies, bots, campaigns, orderKeys, quantities, amounts } = events
  const sourceBytes = Buffer.from(source, 'utf8')
  const words = events.words.map((word) => Buffer.from(word, 'utf8'))
  const writeWord = (position: number): void => {
    const word = words[position]
    if (word === undefined) writer.absent()
    else writer.bytes(word)
  }
  const writeNumber = (value: number): void => {
    if (Number.isNaN(value)) writer.absent()
    else writer.double(value)
  }
  const writeId = (ids: Uint8Array, row: number): void => {
    if (isNil(ids, row)) writer.absent()
    else writer.uuid(ids, row)
  }
  const told = new Map(events.properties)
  for (const row of rows) {
    writer.row(13)
    writer.uuid(eventIds, row)
    writer.timestamp(occurredAtMs[row]!)
    writer.uuid(actorIds, row)
    writer.bytes(sourceBytes)
    writeWord(kinds[row]!)
    writeWord(names[row]!)
    writer.bytes(bots.subarray(row, row + 1))
    writeId(campaigns, row)
    writeId(orderKeys, row)
    writeNumber(quantities[row]!)
    writeNumber(amounts[row]!)
    writeWord(currencies[row]!)
    const properties = told.get(row)
    if (properties === undefined) writer.absent()
    else writer.json(properties)
  }
  return writer.finish()
}
