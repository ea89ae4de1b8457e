import type { Issue } from '../../quality/issue.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** What was found in one row. */
export interface RowFindings {
  /** 1-based, in the file. */
  readonly line: number
  readonly issues: readonly Issue[]
}

interface ResultLine {
  readonly code: string
  readonly field: string
  readonly severity: string
  readonly line: number
  readonly column: string | null
  failed: number
}

/**
 * Adds the findings of a batch to the run's quality report: `findings` are those of each row that has any. A finding made
 * twice in a row, two bad e-mails say, is one failing row, so that no share of rows passes 1. The first row of a finding in the run is kept as its example.
 */
export async function addQualityResults(
  tx: Tx,
  runId: string,
  source: string,
  batch: { readonly deliveryId: string; readonly received: number; readonly findings: readonly RowFindings[] },
): Promise<void> {
  const failed = new Map<string, ResultLine>()
  for (const { line, issues } of batch.findings) {
    const seen = new Set<string>()
    for (const { code, field = '', severity, column = null } of issues) {
      if (seen.has(code)) continue
      seen.add(code)
      const key = `${code} ${field} ${severity}`
      const result = failed.get(key) ?? { code, field, severity, line, column, failed: 0 }
      result.failed += 1
      failed.set(key, result)
    }
  }
  const lines = [...failed.values()]
  // Sent at once: what is sent beside it may be a copy, which nothing may follow before its end.
  await Promise.all([
    lines.length > 0 && addFailed(tx, runId, source, batch.deliveryId, lines),
    tx`
    INSERT INTO onefold.quality_results AS results (run_id, source, code, field, severity, checked, failed)
    VALUES (${runId}, ${source}, 'row.received', '', 'info', ${batch.received}, 0)
    ON CONFLICT (run_id, source, code, field, severity) DO UPDATE SET checked = results.checked + excluded.checked`,
  ])
}

async function addFailed(
  tx: Tx,
  runId: string,
  source: string,
  deliveryId: string,
  lines: readonly ResultLine[],
): Promise<void> {
  await tx`
    INSERT INTO onefold.quality_results AS results (run_id, source, code, field, severity, checked, failed, delivery_id, line, column_name)
    SELECT ${runId}, ${source}, code, field, severity, 0, failed, ${deliveryId}, line, column_name
    FROM unnest(
      ${spellArray(lines.map((line) => line.code))}::text[], ${spellArray(lines.map((line) => line.field))}::text[],
      ${spellArray(lines.map((line) => line.severity))}::text[], ${spellArray(lines.map((line) => line.failed))}::bigint[],
      ${spellArray(lines.map((line) => line.line))}::int[], ${spellArray(lines.map((line) => line.column))}::text[]
    ) AS given (code, field, severity, failed, line, column_name)
    ON CONFLICT (run_id, source, code, field, severity) DO UPDATE SET failed = results.failed + excluded.failed`
}
