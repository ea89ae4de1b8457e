import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { ParsedRow } from '../../src/record/parsed-row.ts'
import { detectFileFormat } from '../../src/source/detect-file-format.ts'
import type { FormatSettings } from '../../src/source/file-format.ts'
import { parseRow } from '../../src/source/parse-row.ts'
import { MAX_ROW_BYTES } from '../../src/source/read-limits.ts'
import { readRows } from '../../src/source/read-rows.ts'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'sources')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-parse-row-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Reads a file, then each of its rows again from its bytes alone, by the recognised format. */
async function readTwice(
  path: string,
  settings: FormatSettings = {},
): Promise<{ first: ParsedRow[]; again: ParsedRow[] }> {
  const format = await detectFileFormat(path, settings)
  const first: ParsedRow[] = []
  let columns: readonly string[] = []
  for await (const batch of readRows(path, { format: settings, batchRows: 3 })) {
    first.push(...batch.rows)
    columns = batch.columns
  }
  const again = first.map((row) => parseRow(row.raw, { format, columns }, row).row)
  return { first, again }
}

/** What matters of a row: later batches of JSON append columns, which are null in earlier rows. */
function tell(row: ParsedRow, width: number): unknown {
  const cells =
    row.cells.length === 0 ? [] : [...row.cells, ...Array.from({ length: width - row.cells.length }, () => null)]
  return {
    rowNo: row.rowNo,
    line: row.line,
    raw: Buffer.from(row.raw).toString('hex'),
    cells,
    codes: row.defects.map((defect) => [defect.code, defect.fatal]),
  }
}

function expectSame({ first, again }: { first: ParsedRow[]; again: ParsedRow[] }): void {
  const width = Math.max(0, ...again.map((row) => row.cells.length))
  expect(again.map((row) => tell(row, width))).toEqual(first.map((row) => tell(row, width)))
}

test('every row of the fixture exports reads the same from its bytes alone', async () => {
  for (const name of await readdir(FIXTURES)) expectSame(await readTwice(join(FIXTURES, name)))
})

describe('odd rows', () => {
  const odd: Readonly<Record<string, Buffer | string>> = {
    'quotes.csv': 'name,note\n"Moss, Bert","two\nlines ""quoted"""\nplain,a "loose" quote\n',
    'ragged.csv': 'a,b,c\n1,2\n1,2,3,4\n1,2,3\n',
    'unclosed.csv': 'a,b\n"open,1\n2,3\n',
    'nul.csv': 'a,b\nx\u0000y,1\n',
    'semicolons.csv': 'a;b\n1,5;2\n',
    'utf16.csv': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name,town\nJürgen,Köln\n', 'utf16le')]),
    'windows.csv': Buffer.from('name,town\nJ\xfcrgen,K\xf6ln\n', 'latin1'),
    'broken-utf8.csv': Buffer.concat([Buffer.from('name,town\nÄrger,Köln\nZoë,Łódź\nx,'), Buffer.from([0xc3, 0x0a])]),
    'array.json': '[{"a": 1, "b": {"c": "x"}},\n {"a": 2,\n  "d": null}]',
    'lines.jsonl': '{"a": 1}\n{"a": oops}\n[1]\n{"b": "new column"}\n',
  }
  for (const [name, content] of Object.entries(odd)) {
    test(`${name} reads the same row by row`, async () => {
      const path = join(folder, name)
      await writeFile(path, content)
      expectSame(await readTwice(path))
    })
  }
})

test.prop(
  [fc.array(fc.array(fc.string({ maxLength: 8 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })],
  { numRuns: 40 },
)('any table written as CSV reads the same row by row', async (rows) => {
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
  const path = join(folder, 'any.csv')
  await writeFile(path, `a,b,c\n${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`)
  expectSame(await readTwice(path, { header: true, delimiter: ',', encoding: 'utf-8' }))
})

test('a row as long as the longest that is read is taken for one that was cut', () => {
  const raw = Buffer.from(`1,${'x'.repeat(MAX_ROW_BYTES - 2)}`)
  const { row } = parseRow(raw, { format: {}, columns: ['a', 'b'] }, { rowNo: 0, line: 2 })
  expect(row.defects).toMatchObject([{ code: 'row.too_large', fatal: true }])
  expect(row.cells).toEqual([])
})
