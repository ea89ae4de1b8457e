import type { Issue } from '../../quality/issue.ts'
import { NOBODY } from '../../store/ingest/encode-pages.ts'
import type { AdmittedRow, ToldRow } from './admit-row.ts'
import type { AdmittedBatch } from './admitted-batch.ts'
import { OUTCOMES, type PackedBatch } from './packed-batch.ts'

const NO_ISSUES: readonly Issue[] = []

/** The rows and envelopes of a packed batch; envelopes share its memory. */
export function unpackBatch(packed: PackedBatch): AdmittedBatch {
  const { columns, checkpoint, said, ends, pageRows, heldRows } = packed
  const sealed = Buffer.from(packed.sealed.buffer, packed.sealed.byteOffset, packed.sealed.byteLength)
  const envelope = (index: number): Buffer => sealed.subarray(ends[index - 1] ?? 0, ends[index])
  const pages = Array.from(pageRows, (count, index) => ({ rows: count, sealed: envelope(index) }))
  const held = new Map(Array.from(heldRows, (rowNo, index) => [rowNo, envelope(pages.length + index)]))
  return {
    columns,
    checkpoint,
    said,
    pages,
    held,
    findings: packed.issues.map(([index, issues]) => ({ line: packed.lines[index]!, issues })),
    rows: unpackRows(packed),
  }
}

function unpackRows(packed: PackedBatch): AdmittedRow[] {
  const { rowNos, lines, outcomes, updatedAtMs, said } = packed
  const recordIds = splitArray(said.recordIds)
  const fingerprints = splitArray(said.fingerprints)
  const contents = packed.contents === '' ? fingerprints : packed.contents.split(',')
  const issues = new Map(packed.issues)
  const told = new Map(packed.told)
  return Array.from(rowNos, (rowNo, index) => {
    const named = recordIds[index]!
    const recordId = named === NOBODY ? null : named
    return {
      ledger: {
        rowNo,
        line: lines[index]!,
        outcome: OUTCOMES[outcomes[index]!] ?? 'rejected',
        recordId,
        fingerprint: fingerprints[index]!,
        issues: issues.get(index) ?? NO_ISSUES,
      },
      told: recordId === null ? undefined : (told.get(index) ?? tellOfNothing(updatedAtMs[index]!)),
      content: contents[index]!,
    }
  })
}

/** The elements of an array's text, none of which is quoted. */
function splitArray(text: string): string[] {
  return text.slice(1, -1).split(',')
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
