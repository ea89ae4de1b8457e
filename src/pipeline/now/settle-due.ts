import { compileSegments } from '../../segment/compile-segments.ts'
import { appendAudit } from '../../store/audit/append-audit.ts'
import { isAnybodyDue, lockDue } from '../../store/behaviour/save-due.ts'
import { compareDerivations } from '../../store/behaviour/keep-derivation-settings.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { hasWalkFailed, holdPart } from '../../store/run/hold-path.ts'
import type { Context } from '../context.ts'
import { describeDerivations } from '../derive/describe-derivations.ts'
import { settleNow } from './tell-people.ts'

/** People whose segments are settled in one transaction: some tens of milliseconds. */
const AT_ONCE = 50

/**
 * Puts people into and out of segments and publishes it, when nothing happened but time has passed [F3]. Returns how many
 * people were due. It holds `telling` as a pass does. Nothing is done while a walk is open, which does this by itself, nor
 * after one that failed, whose numbers may be half there; nor by a configuration whose segments no run has published yet.
 * Whom a walk is to judge anew is left to it.
 */
export async function settleDue(context: Context): Promise<number> {
  let settled = 0
  for (let due = AT_ONCE; due === AT_ONCE; settled += due) due = await settleSome(context)
  return settled
}

async function settleSome(context: Context): Promise<number> {
  const { sql } = context.store
  if (!(await isAnybodyDue(sql, context.now()))) return 0
  return inTransaction(sql, async (tx) => {
    const definitions = compileSegments(context.settings.segments)
    if (!(await holdPart(tx, 'telling'))) return 0
    const asOf = context.now()
    const { segments } = describeDerivations(context.settings, definitions)
    const [hasFailed, derivedBy] = await Promise.all([hasWalkFailed(tx), compareDerivations(tx, { segments })])
    const ids = hasFailed || derivedBy !== 'same' ? [] : await lockDue(tx, asOf, AT_ONCE)
    if (ids.length > 0) await appendAudit(tx, await settleNow(context, tx, ids, asOf, 'segments'))
    return ids.length
  })
}
