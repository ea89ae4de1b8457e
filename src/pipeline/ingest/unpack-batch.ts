import type { Issue } from '../../quality/issue.ts'
import type { AdmittedRow, ToldRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { OUTCOMES, type PackedBatch } from './pack-batch.ts'

const NO_ISSUES: readonly Issue[] = []

/** The batch that was packed. Its envelopes share the memory of the packed one. */
export function unpackBatch(packed: PackedBatch): AdmittedBatch {
  const { rowNos, lines, outcomes, ends, pageRows, heldRows, updatedAtMs, columns, checkpoint } = packed
  const recordIds = packed.recordIds.split(',')
  const fingerprints = packed.fingerprints.split(',')
  const contents = packed.contents.split(',')
  const sealed = Buffer.from(packed.sealed.buffer, packed.sealed.byteOffset, packed.sealed.byteLength)
  const issues = new Map(packed.issues)
  const told = new Map(packed.told)
  const rows: AdmittedRow[] = []
  for (let index = 0; index < rowNos.length; index++) {
    const recordId = recordIds[index] || null
    rows.push({
      ledger: {
        rowNo: rowNos[index]!,
        line: lines[index]!,
        outcome: OUTCOMES[outcomes[index]!] ?? 'rejected',
        recordId,
        fingerprint: fingerprints[index]!,
        issues: issues.get(index) ?? NO_ISSUES,
      },
      told: recordId === null ? undefined : (told.get(index) ?? tellOfNothing(updatedAtMs[index]!)),
      content: contents[index]!,
    })
  }
  const envelope = (index: number): Buffer => sealed.subarray(ends[index - 1] ?? 0, ends[index])
  const pages = Array.from(pageRows, (count, index) => ({ rows: count, sealed: envelope(index) }))
  const held = new Map(Array.from(heldRows, (rowNo, index) => [rowNo, envelope(pages.length + index)]))
  return { columns, rows, pages, held, checkpoint }
}

/** Most people: no device, and the description lies in the envelope. */
function tellOfNothing(updatedAtMs: number): ToldRow {
  return {
    device: undefined,
    updatedAtMs: Number.isNaN(updatedAtMs) ? null : updatedAtMs,
    description: '',
    event: undefined,
  }
}
