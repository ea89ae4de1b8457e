import { countHeldRows } from '../../store/quarantine/count-held-rows.ts'
import { findHeldRows } from '../../store/quarantine/find-held-rows.ts'
import type { HeldRowId } from '../../store/quarantine/held-row.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { type ReplayCounts, replayRows } from './replay-rows.ts'

/** Rows a transaction: each is opened, judged and sealed again, some 50 µs, while others may wait for its locks. */
const BATCH_ROWS = 500

/** Replays the given rows, or all that are held (of one source), batch by batch; each batch is done or not begun. */
export async function replayHeld(
  context: Context,
  selection: { readonly ids: readonly HeldRowId[] } | { readonly source?: string },
  report = UNHEARD,
): Promise<ReplayCounts> {
  const total: ReplayCounts = { replayed: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 }
  const whole = 'ids' in selection ? selection.ids.length : await countHeld(context, selection.source)
  let done = 0
  const replay = async (ids: readonly HeldRowId[]): Promise<void> => {
    const counts = await replayRows(context, ids)
    report((done += ids.length), whole)
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count
  }
  if ('ids' in selection) {
    for (let start = 0; start < selection.ids.length; start += BATCH_ROWS)
      await replay(selection.ids.slice(start, start + BATCH_ROWS))
    return total
  }
  let after: HeldRowId | undefined
  for (;;) {
    const page = await findHeldRows(context.store.sql, {
      ...selection,
      limit: BATCH_ROWS,
      ...(after === undefined ? {} : { after }),
    })
    if (page.length === 0) return total
    await replay(page)
    after = page.at(-1)
  }
}

async function countHeld(context: Context, source: string | undefined): Promise<number> {
  const counts = await countHeldRows(context.store.sql)
  return counts.reduce((sum, row) => (source === undefined || row.source === source ? sum + row.held : sum), 0)
}
