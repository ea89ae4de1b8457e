import { compileSegments } from '../../segment/compile-segments.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { lockDue } from '../../store/behaviour/save-due.ts'
import { findChangedRule, saveDefinitions } from '../../store/behaviour/save-definitions.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { publishChanges } from '../../store/profile/publish-changes.ts'
import { findOpenPath } from '../../store/run/find-open-path.ts'
import type { Context } from '../context.ts'
import { segmentProfiles } from '../derive/segment-stage.ts'

/** People whose segments are settled in one transaction: some tens of milliseconds. */
const AT_ONCE = 500

/**
 * Puts people into and out of segments and publishes it, when nothing happened but time has passed [F3]. Returns how many
 * people were due. A walk on the path does it by itself, so nothing is done meanwhile; nor while a rule of the configuration
 * is another than the published one of its version.
 */
export async function settleDue(context: Context): Promise<number> {
  let settled = 0
  for (let due = AT_ONCE; due === AT_ONCE; settled += due) due = await settleSome(context)
  return settled
}

async function settleSome(context: Context): Promise<number> {
  return inTransaction(context.store.sql, async (tx) => {
    const asOf = context.now()
    const ids = await lockDue(tx, asOf, AT_ONCE)
    if (ids.length === 0 || (await findOpenPath(tx)) !== undefined) return 0
    const definitions = compileSegments(context.settings.segments)
    if ((await findChangedRule(tx, definitions)) !== undefined) return 0
    await saveDefinitions(tx, definitions)
    const { entered, left } = await segmentProfiles(context, tx, ids, asOf)
    await publishChanges(tx, ids, asOf, false)
    const details = { people: ids.length, entered, left }
    await appendAudit(tx, { actor: context.actor, action: 'segments.settled', subject: 'segments', details })
    return ids.length
  })
}
