import type { NormalizedRecord } from '../../record/normalized-record.ts'
import { type Label, loadLabels } from '../../store/decision/load-labels.ts'
import { findBlockedIdentifiers } from '../../store/identity/find-blocked-identifiers.ts'
import type { Tx } from '../../store/open-store.ts'
import type { Context } from '../context.ts'
import { withoutBlocked } from '../resolve/judge-stored-pairs.ts'
import { openRecords } from '../resolve/open-records.ts'

/** A label with the two records it is about, as they are judged. */
export interface OpenedLabel extends Label {
  readonly left: NormalizedRecord
  readonly right: NormalizedRecord
}

/** People's decisions as labels, with their records at their newest versions; those of which one is gone are left out. */
export async function openLabels(context: Context, tx: Tx): Promise<OpenedLabel[]> {
  const labels = await loadLabels(tx)
  const blocked = await findBlockedIdentifiers(tx)
  const records = new Map<string, NormalizedRecord>()
  const ids = [...new Set(labels.flatMap(({ a, b }) => [a, b]))]
  for await (const { recordId, record } of openRecords(context, tx, ids))
    records.set(recordId, withoutBlocked(context, record, blocked))
  return labels.flatMap((label) => {
    const [left, right] = [records.get(label.a), records.get(label.b)]
    return left === undefined || right === undefined ? [] : [{ ...label, left, right }]
  })
}
