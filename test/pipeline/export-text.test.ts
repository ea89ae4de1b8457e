import { fc, test } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import { describe, expect } from 'vitest'
import { formatCsvLine } from '../../src/pipeline/export/format-csv-line.ts'
import { guardFormula } from '../../src/pipeline/export/guard-formula.ts'
import { judgeFreshness } from '../../src/pipeline/status/judge-freshness.ts'

describe('a text in an export', () => {
  test.each(['=1+1', '+44 20', '-2', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', '＋1', '－1', '＠x'])(
    '%j is no formula any more',
    (text) => {
      expect(guardFormula(text)).toBe(`'${text}`)
    },
  )

  test.each(['', 'Ada', '1-2', "'=1", ' =1', 'a=b'])('%j stays as it is', (text) => {
    expect(guardFormula(text)).toBe(text)
  })

  test.prop([fc.string({ unit: 'binary' })])('is guarded once however often', (text) => {
    expect(guardFormula(guardFormula(text))).toBe(guardFormula(text))
  })

  test.prop([fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 })])(
    'comes back from CSV as it was',
    (cells) => {
      expect(parse(formatCsvLine(cells, true), { relax_column_count: true })).toEqual([cells])
    },
  )

  test.prop([fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 5 })])(
    'never begins a cell that a spreadsheet runs',
    (cells) => {
      const [read] = parse(formatCsvLine(cells, false))
      for (const cell of read ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
    },
  )
})

test('numbers, also negative ones, instants, lists and absent values are written plainly', () => {
  const cells = [-5, 0.1, true, new Date('2026-05-01T10:00:00Z'), ['a', 'b'], null, 'x, "y"\nz']
  expect(formatCsvLine(cells, false)).toBe('-5,0.1,true,2026-05-01T10:00:00.000Z,a;b,,"x, ""y""\nz"\r\n')
})

describe('freshness', () => {
  test('is judged by the limit that is passed, and not yet at the limit', () => {
    expect(judgeFreshness(10, 10, 20)).toBe('ok')
    expect(judgeFreshness(11, 10, 20)).toBe('warn')
    expect(judgeFreshness(21, 10, 20)).toBe('error')
  })

  test('of a source that never delivered is late only where something was promised', () => {
    expect(judgeFreshness(null, undefined, undefined)).toBe('ok')
    expect(judgeFreshness(null, 10, undefined)).toBe('warn')
    expect(judgeFreshness(null, 10, 20)).toBe('error')
  })
})
