import { OnefoldError } from '../errors.ts'
import type { ComparisonVector } from '../matching/comparison.ts'
import type { Scorer } from '../matching/scorer.ts'
import type { NormalizedRecord } from '../record/normalized-record.ts'
import { MISSING, type Comparison } from './comparison.ts'
import { deriveWeightModel } from './derive-weight-model.ts'
import type { EngineModel } from './engine-model.ts'
import { openRecordEvidence } from './open-record-evidence.ts'
import { openRecordTable } from './open-record-table.ts'

interface OpenedRecords {
  /** `SILENT` for records that say nothing. */
  readonly rowOf: ReadonlyMap<NormalizedRecord, number>
  readonly comparisons: readonly Comparison[]
}

const SILENT = -1

/**
 * Opens a trained model over records: their pairs are compared by column, each distinct value read once. What it
 * says of a pair is a function of the two records and the model: which others are opened beside them only changes
 * how fast it is said. Records that were not opened are, two at a time, when they are asked for.
 * Throws `model.outdated` (conflict) when the model is not of the comparisons that records have.
 */
export function openRecordScorer(records: Iterable<NormalizedRecord>, model: EngineModel, version: string): Scorer {
  const opened = openAll(records, model)
  const compareIn = (
    { rowOf, comparisons }: OpenedRecords,
    a: NormalizedRecord,
    b: NormalizedRecord,
  ): ComparisonVector => {
    const rowA = rowOf.get(a) ?? SILENT
    const rowB = rowOf.get(b) ?? SILENT
    return comparisons.map(({ compare }) => (rowA === SILENT || rowB === SILENT ? MISSING : compare(rowA, rowB)))
  }
  return {
    model: deriveWeightModel(model, version),
    compare: (a, b) => compareIn(opened.rowOf.has(a) && opened.rowOf.has(b) ? opened : openAll([a, b], model), a, b),
  }
}

function openAll(records: Iterable<NormalizedRecord>, model: EngineModel): OpenedRecords {
  const builder = openRecordTable()
  const rowOf = new Map<NormalizedRecord, number>()
  let rowCount = 0
  for (const record of records) if (!rowOf.has(record)) rowOf.set(record, builder.add(record) ? rowCount++ : SILENT)
  const { comparisons } = openRecordEvidence(builder.finish(), model.frequencies)
  requireSame(comparisons, model)
  return { rowOf, comparisons }
}

function requireSame(comparisons: readonly Comparison[], model: EngineModel): void {
  const name = ({ name: said, levels }: { name: string; levels: readonly { label: string }[] }): string =>
    [said, ...levels.map(({ label }) => label)].join('\n')
  if (comparisons.map(name).join('\n\n') === model.comparisons.map(name).join('\n\n')) return
  throw new OnefoldError('conflict', 'model.outdated', 'The model asks other questions than records are compared by.', {
    hint: 'Train a new one with `onefold model train`.',
  })
}
