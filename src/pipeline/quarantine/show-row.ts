import type { Issue } from '../../quality/issue.ts'
import { decodeText } from '../../source/decode-text.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import type { HeldRowId } from '../../store/quarantine/held-row.ts'
import { lockHeldRows } from '../../store/quarantine/lock-held-rows.ts'
import type { Context } from '../context.ts'
import { heldNotFound } from './find-held-id.ts'
import { loadPresentLayout } from './load-present-layout.ts'
import { openHeldRow } from './open-held-row.ts'

/** A held row, open, for the person who repairs it. Never to be logged. */
export interface ShownRow extends HeldRowId {
  readonly source: string
  readonly state: 'open' | 'fixed' | 'replayed'
  readonly line: number
  readonly issues: readonly Issue[]
  readonly cells: readonly {
    readonly column: string
    readonly field: string | null
    readonly value: string | null
    /** The correction, if there is one. */
    readonly fixed?: string
  }[]
  /** The row's text, when its cells cannot be told apart. */
  readonly text?: string
}

/** Opens a held row for a person to read; that somebody looked is in the audit log [H6]. Throws `quarantine.not_found`. */
export async function showRow(context: Context, id: HeldRowId): Promise<ShownRow> {
  return inTransaction(context.store.sql, async (tx) => {
    const [held] = await lockHeldRows(tx, [id])
    const name = `${id.deliveryId}:${id.rowNo}`
    if (held === undefined) throw heldNotFound(name)
    const layout = await loadPresentLayout(context, tx, id.deliveryId)
    const { row, columns, fix } = openHeldRow(context, held, layout)
    const fields = new Map(Object.entries(layout.delivery.reading.columns))
    const fixes = new Map(Object.entries(fix))
    await appendAudit(tx, {
      actor: context.actor,
      action: 'quarantine.shown',
      subject: name,
      details: { source: held.source },
    })
    return {
      ...id,
      source: held.source,
      state: held.state,
      line: held.line,
      issues: held.issues,
      cells: columns.map((column, index) => ({
        column,
        field: fields.get(column) ?? null,
        value: row.cells[index] ?? null,
        ...(fixes.has(column) ? { fixed: fixes.get(column) as string } : {}),
      })),
      ...(row.cells.length > 0 ? {} : { text: decodeText(Buffer.from(row.raw), layout.format.encoding ?? 'utf-8') }),
    }
  })
}
