import { RECORD_COLUMNS, spellRecord } from '../../engine/open-record-table.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import { countRecords } from '../../store/identity/count-records.ts'
import { findRecordIds, type RecordPlace } from '../../store/identity/find-record-ids.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { Context } from '../context.ts'
import { formatCsvLine } from '../export/format-csv-line.ts'
import { UNHEARD } from '../report-progress.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { openRecords } from '../resolve/open-records.ts'

const AT_ONCE = 10_000
const NAMES = RECORD_COLUMNS.map(({ name }) => name)

/**
 * Writes the records of the ledger as they are compared, one line of CSV each: what settings of Splink that came from
 * here are to be run on. Deleted ones are left out, and those that say nothing. It is full of personal values, so that it is in the audit log before
 * the first line leaves. Returns the number of records.
 */
export async function revealRecords(
  context: Context,
  write: (piece: string) => Promise<void>,
  report = UNHEARD,
): Promise<number> {
  const { sql } = context.store
  const whole = await countRecords(sql)
  const blocked = await findBlockedIdentifiers(sql)
  await inTransaction(sql, (tx) =>
    appendAudit(tx, { actor: context.actor, action: 'ledger.revealed', subject: 'records', details: {} }),
  )
  await write(formatCsvLine(['unique_id', 'source_dataset', ...NAMES], true))
  let written = 0
  let read = 0
  let last: RecordPlace | undefined
  for (;;) {
    const places = await findRecordIds(sql, last, AT_ONCE)
    last = places.at(-1)
    if (last === undefined) return written
    const lines: string[] = []
    const ids = places.map(({ recordId }) => recordId)
    for await (const { recordId, source, record } of openRecords(context, sql, ids)) {
      if (record.deleted === true) continue
      const cells = spellRecord(withoutBlocked(context, record, blocked))
      const said = NAMES.map((name) => cells[name] ?? null)
      if (said.every((cell) => cell === null)) continue
      lines.push(formatCsvLine([`rec_${recordId}`, source, ...said], true))
    }
    await write(lines.join(''))
    written += lines.length
    report((read += ids.length), whole)
  }
}
