import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, expect } from 'vitest'
import { openTexts } from '../../src/engine/texts.ts'
import { readTable } from '../../src/cli/dedupe/read-table.ts'
import { readRows } from '../../src/source/read-rows.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onefold-csv-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cell = fc.oneof(
  fc.constantFrom('', 'a', ' b ', 'né', '"x, y"', '"say ""hi"""', '"two\nlines"', 'it"s', '""'),
  fc.string({ unit: fc.constantFrom('a', '1', ' ', 'ü', '/'), maxLength: 4 }),
)
const row = fc.array(cell, { minLength: 3, maxLength: 3 }).map((cells) => cells.join(','))
const odd = fc.constantFrom('', 'a,b', 'a,b,c,d', '"open', 'x,y,z')

test.prop([
  fc.array(fc.oneof({ weight: 9, arbitrary: row }, odd), { maxLength: 12 }),
  fc.constantFrom('\n', '\r\n'),
  fc.boolean(),
])('a table holds the cells that the careful reader finds, however odd the file', async (rows, lineEnd, endsOpen) => {
  const file = join(folder, 'rows.csv')
  writeFileSync(file, ['id,name,town', ...rows].join(lineEnd) + (endsOpen ? '' : lineEnd))
  const { table } = await readTable([file], () => undefined)
  const cells: string[][] = []
  for await (const batch of readRows(file)) {
    for (const found of batch.rows) cells.push(batch.columns.map((_, at) => found.cells[at]?.trim() ?? ''))
  }
  const inTable = Array.from({ length: table.rowCount }, (_, at) =>
    table.columns.map(({ codes, values }) => openTexts(values)(codes[at]!)),
  )
  expect(inTable).toEqual(cells)
})

test('more values than any first guess of memory are kept apart', async () => {
  const file = join(folder, 'many.csv')
  const rows = Array.from({ length: 5000 }, (_, at) => `${at},name ${at % 1300}`)
  writeFileSync(file, `id,name\n${rows.join('\n')}\n`)
  const { table } = await readTable([file], () => undefined)
  const read = rows.map((_, at) => table.columns.map(({ codes, values }) => openTexts(values)(codes[at]!)).join(','))
  expect(read).toEqual(rows)
})
