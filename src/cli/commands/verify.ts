import { verify as verifyStored } from '../../pipeline/verify/verify.ts'
import { verifyAudit } from '../../pipeline/verify/verify-audit.ts'
import { verifyRebuild } from '../../pipeline/verify/verify-rebuild.ts'
import { readAnchors } from '../../runtime/anchor-file.ts'
import { hashState } from '../../store/verify/hash-state.ts'
import type { Check } from '../../store/verify/check.ts'
import { withSession } from '../open-session.ts'
import { withProgress } from '../with-progress.ts'
import { formatNumber, formatTable, paint, printJson, printLine } from '../output.ts'

export interface VerifyOptions {
  readonly audit?: boolean
  readonly rebuild?: boolean
  readonly state?: boolean
  readonly json?: boolean
}

/** Holds the promises against what is stored. Exit code 1 when one is broken. */
export async function verify(options: VerifyOptions): Promise<number> {
  return withSession('cli', async ({ context, environment }) => {
    const verification = await withProgress('verifying what is stored', 'checks', (report) =>
      verifyStored(context, report),
    )
    const checks: Check[] = [...verification.checks]
    if (options.rebuild === true)
      checks.push(...(await withProgress('deriving anew', 'records', (report) => verifyRebuild(context, report))))
    const anchors = await readAnchors(environment.home)
    const audit = await withProgress('following the audit log', 'entries', () => verifyAudit(context, anchors))
    checks.push({
      promise: `the audit log is whole: ${formatNumber(audit.entries)} entries against ${formatNumber(audit.roots)} roots`,
      checked: audit.entries,
      broken: audit.findings.length,
      examples: audit.findings.slice(0, 5).map(({ code, seq }) => `${code} at entry ${seq}`),
    })
    const state =
      options.state === true
        ? await withProgress('hashing tables', 'tables', (report) => hashState(context.store.sql, report))
        : undefined
    const broken = checks.filter((check) => check.broken > 0)
    if (options.json === true)
      printJson({
        ...verification,
        checks,
        ...(options.audit === true ? { audit } : {}),
        ...(state === undefined ? {} : { state }),
      })
    else {
      printLine(
        formatTable(
          verification.sums.map((row) => [
            row.source,
            row.received,
            row.accepted,
            row.duplicate,
            row.quarantined,
            row.rejected,
            row.erased,
          ]),
          ['source', 'received', 'accepted', 'duplicate', 'quarantined', 'rejected', 'erased'],
        ),
      )
      printLine()
      for (const check of checks) {
        const mark = check.broken === 0 ? paint('green', 'holds ') : paint('red', 'BROKEN')
        printLine(`  ${mark}  ${check.promise} (${formatNumber(check.checked)} checked)`)
        if (check.broken > 0)
          printLine(`          ${formatNumber(check.broken)} break it: ${check.examples.join(', ')}`)
      }
      if (options.audit === true)
        for (const { code, seq } of audit.findings) printLine(`          ${code} at entry ${seq}`)
      if (state !== undefined) printLine(`\n${formatTable(Object.entries(state), ['table', 'state'])}`)
      const { unresolved, unstitched, stale, unpublished, decisions } = verification.pending
      if (unresolved + unstitched + stale + unpublished + decisions > 0) {
        printLine(
          `\n  Not worked through yet: ${formatNumber(unresolved)} records, ${formatNumber(unstitched)} visitors, ${formatNumber(stale)} profiles, ${formatNumber(unpublished)} to publish, ${formatNumber(decisions)} decisions. Next: \`onefold run\`.`,
        )
      }
    }
    return broken.length === 0 ? 0 : 1
  })
}
