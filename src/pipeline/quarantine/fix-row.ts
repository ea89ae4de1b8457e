import { OnefoldError } from '../../errors.ts'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { HeldRowId } from '../../store/quarantine/held-row.ts'
import { lockHeldRows } from '../../store/quarantine/lock-held-rows.ts'
import { saveFix } from '../../store/quarantine/save-fix.ts'
import type { Context } from '../context.ts'
import { heldNotFound } from './find-held-id.ts'
import { loadPresentLayout } from './load-present-layout.ts'
import { type Fix, nameFix, openHeldRow } from './open-held-row.ts'

/** What a correction changed. `readable` is false when the cells it does not name are lost to it. */
export interface FixedRow extends HeldRowId {
  readonly source: string
  readonly columns: readonly string[]
  readonly readable: boolean
}

/**
 * Keeps corrected cells with a held row, sealed, beside those of earlier corrections; the received bytes stay. The
 * audit log gets the names of the columns only. Throws `quarantine.not_found`, `quarantine.replayed` (conflict) and
 * `quarantine.unknown_column` (payload).
 */
export async function fixRow(context: Context, id: HeldRowId, corrections: Fix): Promise<FixedRow> {
  return inTransaction(context.store.sql, async (tx) => {
    const [held] = await lockHeldRows(tx, [id])
    const name = `${id.deliveryId}:${id.rowNo}`
    if (held === undefined) throw heldNotFound(name)
    if (held.state === 'replayed') {
      throw new OnefoldError('conflict', 'quarantine.replayed', 'This row was replayed and is held no more.', {
        details: { id: name },
      })
    }
    const opened = openHeldRow(context, held, await loadPresentLayout(context, tx, id.deliveryId))
    const columns = Object.keys(corrections)
    const unknown = columns.find((column) => !opened.columns.includes(column))
    if (unknown !== undefined) {
      throw new OnefoldError('payload', 'quarantine.unknown_column', 'The delivery has no such column.', {
        details: { column: unknown },
        hint: `Its columns are: ${opened.columns.join(', ')}.`,
      })
    }
    const merged = Object.fromEntries([...Object.entries(opened.fix), ...Object.entries(corrections)])
    const sealed = sealEnvelope(
      context.keyring,
      Buffer.from(JSON.stringify(merged), 'utf8'),
      nameFix(id),
      context.random,
    )
    await saveFix(tx, id, sealed)
    await appendAudit(tx, {
      actor: context.actor,
      action: 'quarantine.fixed',
      subject: name,
      details: { columns: columns.join(', ') },
    })
    return { ...id, source: held.source, columns, readable: opened.row.cells.length > 0 }
  })
}
