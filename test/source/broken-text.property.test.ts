import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReadOptions } from '../../src/source/read-options.ts'
import { readAll, withFile, type ReadResult } from './support/read-all.ts'

const csvSoup = fc
  .array(
    fc.constantFrom('"', '"', '""', ',', '\n', '\n', '\r', '\r\n', 'a', 'bc', 'ü', '\0', ',"', '",', 'x",""",z\n'),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))
const jsonSoup = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '\n',
      ' ',
      '1',
      'null',
      '"a":',
      '{"a":1}',
      '{"b":"ü"},',
      ',\n',
      '"x',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

/** Reading in any pieces and from any checkpoint tells the same rows. */
async function readEveryWay(
  name: string,
  bytes: Buffer,
  options: ReadOptions,
  pieceBytes: number,
): Promise<ReadResult> {
  return withFile(name, bytes, async (path) => {
    const whole = await readAll(path, options)
    const inPieces = await readAll(path, { ...options, pieceBytes })
    expect(inPieces.batches).toEqual(whole.batches)
    let seen = 0
    for (const batch of whole.batches) {
      seen += batch.rows.length
      const rest = await readAll(path, { ...options, pieceBytes, checkpoint: batch.checkpoint })
      expect(rest.rows).toEqual(whole.rows.slice(seen))
    }
    return whole
  })
}

/** Every byte is in a row, is a line end, or is cut off with a row that says so. */
function expectAccounted(bytes: Buffer, result: ReadResult, between: RegExp, start: number): void {
  let pos = start
  for (const row of result.rows) {
    while (
      pos < bytes.length &&
      between.test(String.fromCharCode(bytes[pos]!)) &&
      !Buffer.from(row.raw).equals(bytes.subarray(pos, pos + row.raw.length))
    )
      pos++
    expect(bytes.subarray(pos, pos + row.raw.length)).toEqual(Buffer.from(row.raw))
    pos += row.raw.length
    if (row.defects.some((defect) => defect.code === 'row.too_large')) {
      while (pos < bytes.length && bytes[pos] !== 10 && bytes[pos] !== 13) pos++
    }
  }
  expect(bytes.subarray(pos).toString('latin1').replaceAll(new RegExp(between, 'g'), '')).toBe('')
}

describe('text that is no proper table', () => {
  test('CSV: the same rows in any pieces and from any checkpoint, and no byte is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        csvSoup,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(4, 12, 1000),
        async (text, pieceBytes, maxRowBytes) => {
          const bytes = Buffer.from(`h\n${text}`)
          const format = { header: true, delimiter: ',', encoding: 'utf-8', syntax: 'csv' } as const
          const result = await readEveryWay('t.csv', bytes, { format, maxRowBytes, batchRows: 2 }, pieceBytes)
          expectAccounted(bytes, result, /[\r\n]/, 2)
          result.rows.forEach((row, index) => expect(row.rowNo).toBe(index))
          if (maxRowBytes === 1000) {
            for (const row of result.rows) {
              const before = bytes.subarray(0, 2).toString() + text
              expect(before.split(/\r\n|\n|\r/).length).toBeGreaterThanOrEqual(row.line)
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  test('JSON Lines: the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        jsonSoup,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(12, 1000),
        async (text, pieceBytes, maxRowBytes) => {
          const bytes = Buffer.from(text)
          const format = { syntax: 'jsonl', encoding: 'utf-8' } as const
          const result = await readEveryWay('t.jsonl', bytes, { format, maxRowBytes, batchRows: 2 }, pieceBytes)
          expectAccounted(bytes, result, /[\r\n\t ]/, 0)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('JSON arrays: the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        jsonSoup,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(12, 1000),
        async (text, pieceBytes, maxRowBytes) => {
          const bytes = Buffer.from(`[${text}]`)
          const format = { syntax: 'json', encoding: 'utf-8' } as const
          const result = await readEveryWay('t.json', bytes, { format, maxRowBytes, batchRows: 2 }, pieceBytes)
          if (maxRowBytes === 1000) expectAccounted(bytes, result, /[\r\n\t ,\]]/, 1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
