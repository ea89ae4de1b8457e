import { Buffer } from 'node:buffer'
import { formatCsvLine } from '../../pipeline/export/format-csv-line.ts'
import type { RowNames } from './name-rows.ts'

const PIECE_BYTES = 1 << 20

/**
 * `record_id,cluster` and, of several files, `file`: one line a row in the order read, as UTF-8; clusters numbered from
 * 0 as they appear.
 */
export function* writeClusters(clusterOf: Int32Array, names: RowNames, severalFiles: boolean): Generator<Uint8Array> {
  let buffer = Buffer.allocUnsafe(PIECE_BYTES)
  let filled = buffer.write(
    formatCsvLine(severalFiles ? ['record_id', 'cluster', 'file'] : ['record_id', 'cluster'], true),
  )
  const numberOf = new Int32Array(clusterOf.length).fill(-1)
  let next = 0
  for (let row = 0; row < clusterOf.length; row++) {
    const root = clusterOf[row]!
    if (numberOf[root] === -1) numberOf[root] = next++
    const name = names.nameOf(row)
    const line = severalFiles
      ? formatCsvLine([name, String(numberOf[root]), names.fileOf(row)], true)
      : `${isPlain(name) ? name : formatCsvLine([name], true).slice(0, -2)},${numberOf[root]}\r\n`
    if (filled + line.length * 3 > PIECE_BYTES) {
      yield buffer.subarray(0, filled)
      buffer = Buffer.allocUnsafe(PIECE_BYTES)
      filled = 0
    }
    if (line.length * 3 > PIECE_BYTES) yield Buffer.from(line)
    else filled = append(buffer, filled, line)
  }
  yield buffer.subarray(0, filled)
}

/** Letters of ASCII without a mark that asks for quotes. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127 || code < 32 || code === 34 || code === 44) return false
  }
  return true
}

function append(buffer: Buffer, at: number, line: string): number {
  for (let place = 0; place < line.length; place++) {
    const code = line.charCodeAt(place)
    if (code > 127) return at + buffer.write(line, at)
    buffer[at + place] = code
  }
  return at + line.length
}
