import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Field } from '../../src/record/field.ts'
import { compileMapping } from '../../src/record/compile-mapping.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { normalizeRow } from '../../src/record/normalize-row.ts'

export const FIXTURES = join(import.meta.dirname, '../fixtures/splink')

export const readFixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8')

/** Lines of a CSV without quotes, by column. */
export function readTable(name: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFixture(name).trim().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

const MAPPING: Readonly<Record<string, Field>> = {
  id: 'record_key',
  first_name: 'given_name',
  last_name: 'family_name',
  birth_date: 'birth_date',
  email: 'email',
  phone: 'phone',
  street: 'street',
  city: 'city',
  postcode: 'postcode',
}

/** The people of the fixture as the ledger has them, by the ids of their lines. */
export function openPeople(): ReadonlyMap<string, NormalizedRecord> {
  const plan = compileMapping(Object.keys(MAPPING), MAPPING, {
    region: 'GB',
    asOf: new Date('2026-01-01'),
    kind: 'people',
  })
  return new Map(
    readTable('people.csv').map((row, rowNo) => {
      const cells = Object.keys(MAPPING).map((column) => row[column] ?? '')
      const parsed = { rowNo, line: rowNo + 2, raw: new Uint8Array(), cells, defects: [] }
      return [row['id'] ?? '', normalizeRow(parsed, plan).person]
    }),
  )
}
