import { learnModel, type LearnedModel } from './learn-model.ts'
import { openRecordEvidence } from './open-record-evidence.ts'
import { rankRows } from './rank-rows.ts'
import type { Table } from './table.ts'

/** Learns a model from a table of records (`openRecordTable`). Deterministic; the order of the rows changes nothing. */
export function trainOnRecords(table: Table): LearnedModel {
  const { rowCount, fileOf, files, columns } = table
  const space = { rowCount, fileOf, fileCount: files.length, linkOnly: false }
  return learnModel(openRecordEvidence(table), space, rankRows(columns, rowCount))
}
