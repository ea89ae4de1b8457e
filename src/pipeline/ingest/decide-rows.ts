import { OUTCOMES } from '../../store/ingest/list-pages.ts'
import { readUuid } from '../../store/uuid-column.ts'
import type { AdmittedBatch } from './admitted-batch.ts'

/** Where the rows of a batch ended: the five add up to `received`. */
export interface BatchCounts extends Record<string, number> {
  received: number
  accepted: number
  duplicate: number
  quarantined: number
  rejected: number
}

export interface DecidedRows {
  /** Of each row, by number of `OUTCOMES`. */
  readonly outcomes: Uint8Array
  /** Positions of the accepted rows. */
  readonly accepted: Int32Array
  readonly counts: BatchCounts
}

const ACCEPTED = OUTCOMES.indexOf('accepted')
const DUPLICATE = OUTCOMES.indexOf('duplicate')

/**
 * Decides in which outcome each row of a batch ends. A good row is a repeat when its fingerprint is known or came
 * before in the batch; a bad one when its row number is not among the `held`, since it is held from before or stands
 * repaired.
 */
export function decideRows(batch: AdmittedBatch, known: ReadonlySet<string>, held: ReadonlySet<number>): DecidedRows {
  const { rowNos, fingerprints, repeats, heldRows } = batch
  const outcomes = batch.outcomes.slice()
  for (const row of repeats) outcomes[row] = DUPLICATE
  for (const row of heldRows) if (!held.has(rowNos[row]!)) outcomes[row] = DUPLICATE
  if (known.size > 0)
    for (let row = 0; row < outcomes.length; row++)
      if (outcomes[row] === ACCEPTED && known.has(readUuid(fingerprints, row))) outcomes[row] = DUPLICATE
  const totals = OUTCOMES.map(() => 0)
  for (const outcome of outcomes) totals[outcome]!++
  const [accepted = 0, quarantined = 0, rejected = 0, duplicate = 0] = totals
  const positions = new Int32Array(accepted)
  let next = 0
  for (let row = 0; row < outcomes.length; row++) if (outcomes[row] === ACCEPTED) positions[next++] = row
  return {
    outcomes,
    accepted: positions,
    counts: { received: outcomes.length, accepted, duplicate, quarantined, rejected },
  }
}
