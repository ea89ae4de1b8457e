import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OnefoldError } from '../../src/errors.ts'
import type { FileFormat } from '../../src/source/file-format.ts'
import { cellsOf, readAll, readText, type ReadResult } from './support/read-all.ts'
import { findSharedData } from './support/shared-data.ts'

const spectrum = findSharedData('bad-input', 'csv-spectrum')
const jsonSuite = findSharedData('bad-input', 'JSONTestSuite')
const naughty = findSharedData('bad-input', 'blns')

describe.skipIf(spectrum === undefined)('csv-spectrum', () => {
  const files = spectrum === undefined ? [] : readdirSync(join(spectrum, 'csvs'))
  test.each(files)('%s reads as its JSON says, with nothing told to the reader', async (file) => {
    const wanted: unknown = JSON.parse(readFileSync(join(spectrum!, 'json', file.replace('.csv', '.json')), 'utf8'))
    const { columns, rows } = await readAll(join(spectrum!, 'csvs', file))
    expect(rows.flatMap((row) => row.defects.filter((defect) => defect.fatal))).toEqual([])
    const read = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row.cells[at]])))
    // The corpus's JSON of this file has an invented phone number and is one object instead of a list.
    if (file === 'location_coordinates.csv') read[0]!['Contact Phone Number'] = '1234567890'
    expect(read).toEqual([wanted].flat())
  })
})

/** All that is left of the bytes when rows are taken out in order; a refusal accounts for everything. */
async function unaccounted(path: string, syntax: FileFormat['syntax']): Promise<string> {
  let result: ReadResult
  try {
    result = await readAll(path, { format: { syntax } })
  } catch (error) {
    if (error instanceof OnefoldError && error.kind === 'payload') return ''
    throw error
  }
  let rest = readFileSync(path)
  let left = ''
  for (const row of result.rows) {
    const at = rest.indexOf(row.raw)
    expect(at, basename(path)).toBeGreaterThanOrEqual(0)
    left += rest.subarray(0, at).toString('latin1')
    rest = rest.subarray(at + row.raw.length)
  }
  return left + rest.toString('latin1')
}

describe.skipIf(jsonSuite === undefined)('JSONTestSuite', () => {
  const files = ['test_parsing', 'test_transform'].flatMap((folder) =>
    jsonSuite === undefined ? [] : readdirSync(join(jsonSuite, folder)).map((file) => join(jsonSuite, folder, file)),
  )

  test('no file crashes a reader, and every byte is in a row, a separator or a mark', async () => {
    expect(files.length).toBeGreaterThan(300)
    for (const file of files) {
      expect(await unaccounted(file, 'jsonl'), file).toMatch(/^[\s\0ÿþï»¿]*$/)
      expect(await unaccounted(file, 'json'), file).toMatch(/^[\s\0ÿþï»¿[\],]*$/)
    }
    for (const file of files) await unaccounted(file, 'csv')
  })

  test('a file that must be refused never gives an object without a defect', async () => {
    for (const file of files.filter((path) => basename(path).startsWith('n_object_'))) {
      const { rows } = await readAll(file, { format: { syntax: 'json', encoding: 'utf-8' } })
      expect(
        rows.some((row) => row.defects.length > 0),
        file,
      ).toBe(true)
    }
  })

  test('a file that must be read is read, or is no object', async () => {
    for (const file of files.filter((path) => basename(path).startsWith('y_object_'))) {
      const { rows } = await readAll(file, { format: { syntax: 'json' } })
      expect(
        rows.filter((row) => row.defects.some((defect) => defect.fatal)),
        file,
      ).toEqual([])
      expect(rows, file).toHaveLength(1)
    }
  })
})

describe.skipIf(naughty === undefined)('the big list of naughty strings', () => {
  const strings =
    naughty === undefined ? [] : (JSON.parse(readFileSync(join(naughty, 'blns.json'), 'utf8')) as string[])

  test('every string comes back from CSV', async () => {
    const text = strings.map((value, index) => `${index},"${value.replaceAll('"', '""')}"\n`).join('')
    const result = await readText('blns.csv', `n,s\n${text}`)
    expect(cellsOf(result)).toEqual(strings.map((value, index) => [String(index), value]))
  })

  test('every string comes back from JSON Lines, as value and as key', async () => {
    const text = strings.map((value, index) => `${JSON.stringify({ n: index, s: value })}\n`).join('')
    const result = await readText('blns.jsonl', text)
    expect(cellsOf(result)).toEqual(strings.map((value, index) => [String(index), value]))
    const keys = await readText('keys.jsonl', strings.map((value) => `${JSON.stringify({ [value]: 'x' })}\n`).join(''))
    expect(keys.rows.flatMap((row) => row.defects.filter((defect) => defect.fatal))).toEqual([])
    expect(keys.rows.every((row) => row.cells.filter((cell) => cell === 'x').length === 1)).toBe(true)
  })

  test('the raw list is read as a table without losing a byte', async () => {
    const path = join(naughty!, 'blns.txt')
    const result = await readAll(path, { format: { syntax: 'csv', header: false } })
    const joined = result.rows.map((row) => Buffer.from(row.raw).toString('utf8')).join('')
    expect(joined.replaceAll(/[\r\n]/g, '')).toBe(readFileSync(path, 'utf8').replaceAll(/[\r\n]/g, ''))
  })
})
