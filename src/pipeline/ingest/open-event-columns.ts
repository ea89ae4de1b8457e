import type { EventColumns } from '../../store/ingest/ledger-batch.ts'
import { UUID_BYTES, writeId } from '../../store/uuid-column.ts'
import type { ToldEvent } from './admit-row.ts'

/** Events on their way into columns. */
export interface EventCollector {
  /** Sets what the row at a position tells of, undefined for nothing. Every position is set, in any order. */
  set(row: number, event: ToldEvent | undefined): void
  /** The columns of the rows so far; the next row begins another batch. */
  take(rows: number): EventColumns
}

/** Opens columns for the events of batches of at most so many rows, one batch after another. */
export function openEventColumns(capacity: number): EventCollector {
  const occurredAtMs = new Float64Array(capacity)
  const kinds = new Int32Array(capacity)
  const names = new Int32Array(capacity)
  const currencies = new Int32Array(capacity)
  const bots = new Uint8Array(capacity)
  const campaigns = new Uint8Array(capacity * UUID_BYTES)
  const orderKeys = new Uint8Array(capacity * UUID_BYTES)
  const quantities = new Float64Array(capacity)
  const amounts = new Float64Array(capacity)
  let positions = new Map<string, number>()
  let properties = new Map<number, string>()

  /** Kinds, declared names and currencies are few words. */
  function place(word: string | undefined): number {
    if (word === undefined) return -1
    const known = positions.get(word)
    if (known !== undefined) return known
    positions.set(word, positions.size)
    return positions.size - 1
  }

  return {
    set(row, event) {
      occurredAtMs[row] = event?.occurredAtMs ?? Number.NaN
      kinds[row] = place(event?.kind)
      names[row] = place(event?.name)
      currencies[row] = place(event?.currency)
      bots[row] = event?.bot === true ? 1 : 0
      if (event?.campaign !== undefined) writeId(campaigns, row, event.campaign)
      if (event?.orderKey !== undefined) writeId(orderKeys, row, event.orderKey)
      quantities[row] = event?.quantity ?? Number.NaN
      amounts[row] = event?.amount ?? Number.NaN
      if (event?.properties !== undefined) properties.set(row, event.properties)
    },
    take(rows) {
      const columns = {
        occurredAtMs: occurredAtMs.slice(0, rows),
        kinds: kinds.slice(0, rows),
        names: names.slice(0, rows),
        currencies: currencies.slice(0, rows),
        bots: bots.slice(0, rows),
        campaigns: campaigns.slice(0, rows * UUID_BYTES),
        orderKeys: orderKeys.slice(0, rows * UUID_BYTES),
        quantities: quantities.slice(0, rows),
        amounts: amounts.slice(0, rows),
        words: [...positions.keys()],
        properties: [...properties].toSorted(([left], [right]) => left - right),
      }
      campaigns.fill(0, 0, rows * UUID_BYTES)
      orderKeys.fill(0, 0, rows * UUID_BYTES)
      positions = new Map()
      properties = new Map()
      return columns
    },
  }
}
