import { describe, expect, test } from 'vitest'
import { assessCellType } from '../../src/source/assess-cell-type.ts'
import { assessContract } from '../../src/source/assess-contract.ts'
import { openRowContractJudge } from '../../src/source/open-row-contract-judge.ts'
import type { DriftPolicy, SourceContract } from '../../src/source/source-contract.ts'

const contract = (drift: DriftPolicy): SourceContract => ({
  required: ['id', 'email'],
  types: { id: 'integer' },
  nullable: { email: false },
  drift,
})

describe('columns', () => {
  test('as promised, in any order, find nothing', () => {
    expect(assessContract(['email', 'id'], contract('freeze'))).toEqual([])
  })

  test.each([
    ['evolve', 'accept', 'accept'],
    ['freeze', 'refuse', 'refuse'],
    ['discard_row', 'accept', 'discard_row'],
    ['discard_value', 'accept', 'discard_value'],
  ] as const)('under %s a missing one is %s and a new one %s', (drift, missing, added) => {
    expect(assessContract(['id', '__proto__'], contract(drift))).toEqual([
      { code: 'contract.missing_column', column: 'email', verdict: missing },
      { code: 'contract.new_column', column: '__proto__', verdict: added },
    ])
  })
})

describe('rows', () => {
  const columns = ['id', 'email', 'extra']
  const judge = (drift: DriftPolicy, cells: (string | null)[]) => openRowContractJudge(columns, contract(drift))(cells)

  test('evolve accepts values in new columns and warns of wrong types', () => {
    const result = judge('evolve', ['x1', 'a@example.com', 'new'])
    expect(result).toMatchObject({ refuse: false, cells: ['x1', 'a@example.com', 'new'] })
    expect(result.issues).toEqual([{ code: 'contract.wrong_type', column: 'id', severity: 'warn' }])
  })

  test('discard_row quarantines a row with a wrong type or an undeclared value, not one without', () => {
    expect(judge('discard_row', ['1', 'a@example.com', 'new']).issues).toEqual([
      { code: 'contract.undeclared_value', column: 'extra', severity: 'quarantine' },
    ])
    expect(judge('discard_row', ['1', 'a@example.com', null]).issues).toEqual([])
  })

  test('discard_value drops just the value and says so', () => {
    const cells = ['x1', 'a@example.com', 'new']
    const result = judge('discard_value', cells)
    expect(result.cells).toEqual([null, 'a@example.com', null])
    expect(result.issues).toHaveLength(2)
    expect(cells).toEqual(['x1', 'a@example.com', 'new'])
  })

  test('freeze refuses the delivery', () => {
    expect(judge('freeze', ['1', '', null])).toMatchObject({
      refuse: true,
      issues: [{ code: 'contract.empty', column: 'email', severity: 'reject' }],
    })
  })
})

describe('types', () => {
  test.each([
    ['12345678901234567890', 'integer', true],
    ['1.0', 'integer', false],
    ['1e3', 'number', true],
    ['1,5', 'number', false],
    ['', 'number', false],
    ['2024-02-29', 'date', true],
    ['2023-02-29', 'date', false],
    ['1900-02-29', 'date', false],
    ['2024-13-01', 'date', false],
    ['2024-01-01T23:59:59.123+02:00', 'timestamp', true],
    ['2024-01-01 10:00', 'timestamp', true],
    ['2024-01-01T24:00:00Z', 'timestamp', false],
    ['2024-01-01', 'timestamp', false],
    ['TRUE', 'boolean', true],
    ['maybe', 'boolean', false],
    ['', 'text', true],
  ] as const)('%j as %s: %s', (value, type, fits) => {
    expect(assessCellType(value, type)).toBe(fits)
  })
})
