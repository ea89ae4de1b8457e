import type { Issue } from '../../quality/issue.ts'
import type { Tx } from '../open-store.ts'

/**
 * Adds the findings of a batch to the run's quality report: `findings` are those of each row that has any. A finding made
 * twice in a row, two bad e-mails say, is one failing row, so that no share of rows passes 1.
 */
export async function addQualityResults(
  tx: Tx,
  runId: string,
  source: string,
  batch: { readonly received: number; readonly findings: readonly (readonly Issue[])[] },
): Promise<void> {
  const failed = new Map<string, { code: string; field: string; severity: string; failed: number }>()
  for (const issues of batch.findings) {
    const seen = new Set<string>()
    for (const { code, field = '', severity } of issues) {
      if (seen.has(code)) continue
      seen.add(code)
      const key = `${code} ${field} ${severity}`
      const line = failed.get(key) ?? { code, field, severity, failed: 0 }
      line.failed += 1
      failed.set(key, line)
    }
  }
  const lines = [...failed.values()]
  if (lines.length > 0) {
    await tx`
      INSERT INTO onefold.quality_results AS results (run_id, source, code, field, severity, checked, failed)
      SELECT ${runId}, ${source}, code, field, severity, 0, failed
      FROM unnest(
        ${lines.map((line) => line.code)}::text[], ${lines.map((line) => line.field)}::text[],
        ${lines.map((line) => line.severity)}::text[], ${lines.map((line) => line.failed)}::bigint[]
      ) AS given (code, field, severity, failed)
      ON CONFLICT (run_id, source, code, field, severity) DO UPDATE SET failed = results.failed + excluded.failed`
  }
  await tx`
    INSERT INTO onefold.quality_results AS results (run_id, source, code, field, severity, checked, failed)
    VALUES (${runId}, ${source}, 'row.received', '', 'info', ${batch.received}, 0)
    ON CONFLICT (run_id, source, code, field, severity) DO UPDATE SET checked = results.checked + excluded.checked`
}
