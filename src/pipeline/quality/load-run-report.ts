import { basename } from 'node:path'
import { openEnvelope } from '../../privacy/open-envelope.ts'
import { composeQualityReport, type QualityReport } from '../../quality/compose-quality-report.ts'
import { loadFindings } from '../../store/quality/load-findings.ts'
import { loadRun, type Run } from '../../store/run/load-run.ts'
import { loadRunReading } from '../../store/quality/load-run-reading.ts'
import type { Context } from '../context.ts'
import { composePolicies, composeRules } from '../ingest/compose-rules.ts'
import { DECLARED_EVENTS } from '../../quality/declared-events.ts'
import type { Reading } from '../ingest/reading.ts'

/** What an ingest run found [B2]: where its rows ended, every rule with its share against its threshold. */
export interface RunReport extends QualityReport {
  readonly run: Run
  readonly counts: Readonly<Record<string, number>>
  /** Findings over the threshold of a policy; they fail the run like rules do. */
  readonly overThreshold: readonly string[]
  /** Where each finding was made first, by code. */
  readonly places: ReadonlyMap<string, FindingPlace>
}

/** A row to look at: the file's name without its folder, the line from 1, and the column if one is meant. */
export interface FindingPlace {
  readonly file: string
  readonly line: number
  readonly column: string | null
}

/** The quality report of an ingest run, by the rules it was read with. Throws `run.not_found`. */
export async function loadRunReport(context: Context, runId: string): Promise<RunReport> {
  const { sql } = context.store
  const run = await loadRun(sql, runId)
  const { counts, tally, examples } = await loadFindings(sql, runId)
  const reading = (await loadRunReading(sql, runId)) as Reading
  const report = composeQualityReport(tally, composeRules(reading, DECLARED_EVENTS), counts['received'] ?? 0)
  const policies = composePolicies(reading)
  const overThreshold = report.findings
    .filter(({ code, share }) => share > (policies.get(code)?.threshold ?? 1))
    .map(({ code }) => code)
  const places = new Map(
    [...examples].map(([code, { deliveryId, sealedPath, line, column }]): [string, FindingPlace] => {
      const path = openEnvelope(context.keyring, sealedPath, `deliveries:${deliveryId}`).toString('utf8')
      return [code, { file: basename(path), line, column }]
    }),
  )
  const status = overThreshold.length > 0 ? 'fail' : report.status
  return { ...report, status, run, counts, overThreshold, places }
}
