import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Encoding } from '../../src/source/file-format.ts'
import { readAll, withFile } from './support/read-all.ts'

const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']
const BOMS: Readonly<Record<Encoding, string>> = {
  'utf-8': 'efbbbf',
  'utf-16le': 'fffe',
  'utf-16be': 'feff',
  'windows-1252': '',
}

function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1')
  const little = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? little : little.swap16()
}

const cell = (encoding: Encoding): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('', 'a', '"', '""', '\n', '\r\n', '\r', ',', ';', ' x ', 'ü', 'a"b', '"a', "'", '\t|'),
    encoding === 'windows-1252'
      ? fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 8 })
      : fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll(/[\0\p{Surrogate}]/gu, '-')),
  )

const table = fc
  .record({
    encoding: fc.constantFrom(...ENCODINGS),
    bom: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '\t', '|', '§', 'x'),
    width: fc.integer({ min: 1, max: 4 }),
    quoteAll: fc.boolean(),
    endAtEof: fc.boolean(),
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      rows: fc.array(
        fc.record({
          cells: fc.array(cell(shape.encoding), { minLength: shape.width, maxLength: shape.width }),
          end: fc.constantFrom('\n', '\r\n', '\r'),
        }),
        { maxLength: 8 },
      ),
    }),
  )

describe('a table written as CSV', () => {
  test('reads back equal, bytes exact, from every checkpoint, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async ({ shape, rows }, pieceBytes, batchRows, gzip) => {
          const { encoding, delimiter } = shape
          const write = (text: string): string =>
            shape.quoteAll || text === '' || text.includes(delimiter) || /["\r\n]/.test(text)
              ? `"${text.replaceAll('"', '""')}"`
              : text
          const header = Array.from({ length: shape.width }, (_, index) => `"h${index}"`).join(delimiter)
          const records = rows.map((row) => encode(row.cells.map(write).join(delimiter), encoding))
          // A CR before an LF would be one line end; the next record never begins with LF, so this is only about bytes.
          const ends = rows.map((row, index) => (index === rows.length - 1 && shape.endAtEof ? '' : row.end))
          const bytes = Buffer.concat([
            Buffer.from(shape.bom ? BOMS[encoding] : '', 'hex'),
            encode(`${header}\n`, encoding),
            ...records.flatMap((record, index) => [record, encode(ends[index]!, encoding)]),
          ])
          await withFile(gzip ? 't.csv.gz' : 't.csv', gzip ? gzipSync(bytes) : bytes, async (path) => {
            const options = { format: { encoding, delimiter, header: true }, pieceBytes, batchRows } as const
            const all = await readAll(path, options)
            expect(all.rows.map((row) => row.cells)).toEqual(rows.map((row) => row.cells))
            expect(all.rows.map((row) => Buffer.from(row.raw))).toEqual(records)
            expect(all.rows.map((row) => row.rowNo)).toEqual(rows.map((_, index) => index))
            let seen = 0
            for (const batch of all.batches) {
              seen += batch.rows.length
              const rest = await readAll(path, { ...options, pieceBytes: 7, checkpoint: batch.checkpoint })
              expect(rest.rows).toEqual(all.rows.slice(seen))
            }
          })
        },
      ),
      { numRuns: 150 },
    )
  })
})
