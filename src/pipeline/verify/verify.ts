import type { Check } from '../../store/verify/check.ts'
import { checkDecisions } from '../../store/verify/check-decisions.ts'
import { checkIdentity } from '../../store/verify/check-identity.ts'
import { checkAcceptedRows, type OutcomeSums, sumOutcomes } from '../../store/verify/check-ledger.ts'
import { checkPublication } from '../../store/verify/check-publication.ts'
import { checkSessions } from '../../store/verify/check-sessions.ts'
import { countPending, type Pending } from '../../store/verify/count-pending.ts'
import type { Context } from '../context.ts'
import { UNHEARD } from '../report-progress.ts'
import { SESSIONLESS_KINDS } from '../../session/session.ts'

export interface Verification {
  readonly sums: readonly OutcomeSums[]
  readonly checks: readonly Check[]
  /** What the next run has to do; the published tables are compared only when there is nothing. */
  readonly pending: Pending
}

/** Holds the promises of the ledger and of what was derived from it against what is stored (P2). Reads only. */
export async function verify(context: Context, report = UNHEARD): Promise<Verification> {
  const { sql } = context.store
  const parts: readonly (() => Promise<readonly Check[]>)[] = [
    () => checkAcceptedRows(sql),
    () => checkIdentity(sql),
    () => checkDecisions(sql),
    () => checkSessions(sql, SESSIONLESS_KINDS),
    () => (isWorkedThrough ? checkPublication(sql) : Promise.resolve([])),
  ]
  const sums = await sumOutcomes(sql)
  const unequal = sums.filter(
    (row) => row.received !== row.accepted + row.duplicate + row.quarantined + row.rejected + row.erased,
  )
  const pending = await countPending(sql)
  const isWorkedThrough = pending.unresolved + pending.unstitched + pending.stale + pending.unpublished === 0
  const checks: Check[] = [
    {
      promise: 'received = accepted + duplicate + quarantined + rejected + erased, for each run and source',
      checked: sums.length,
      broken: unequal.length,
      examples: unequal.slice(0, 5).map(({ runId, source }) => `${runId} ${source}`),
    },
  ]
  for (const [done, check] of parts.entries()) {
    report(done + 1, parts.length + 1)
    checks.push(...(await check()))
  }
  return { sums, checks, pending }
}
