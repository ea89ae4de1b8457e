import { formatCsvLine } from '../../pipeline/export/format-csv-line.ts'
import type { RowNames } from './name-rows.ts'

const LINES_A_PIECE = 20_000

/** `record_id,cluster` and, of several files, `file`: one line a row in the order read; clusters numbered from 0 as they appear. */
export function* writeClusters(clusterOf: Int32Array, names: RowNames, severalFiles: boolean): Generator<string> {
  let piece = formatCsvLine(severalFiles ? ['record_id', 'cluster', 'file'] : ['record_id', 'cluster'], true)
  const numberOf = new Int32Array(clusterOf.length).fill(-1)
  let next = 0
  for (let row = 0; row < clusterOf.length; row++) {
    const root = clusterOf[row]!
    if (numberOf[root] === -1) numberOf[root] = next++
    const cells = [names.nameOf(row), String(numberOf[root])]
    if (severalFiles) cells.push(names.fileOf(row))
    piece += formatCsvLine(cells, true)
    if (row % LINES_A_PIECE === LINES_A_PIECE - 1) {
      yield piece
      piece = ''
    }
  }
  yield piece
}
