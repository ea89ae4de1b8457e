import { describe, expect, it } from 'vitest'
import type { NormalizedRow } from '../../src/record/normalized-row.ts'
import { codesOf, normalizeCells } from './normalize-cells.ts'

describe('a row about a person who is gone', () => {
  const read = (deleted: string, cells: Readonly<Record<string, string>> = {}): NormalizedRow =>
    normalizeCells({ record_key: '7', ...cells, given_name: 'Mira', email: 'not an address', deleted })

  it('tells who, when, and nothing else, not even what is wrong with the rest', () => {
    expect(read('TRUE', { updated_at: '2026-01-02' })).toEqual({
      recordKey: '7',
      updatedAt: new Date('2026-01-02T00:00:00Z'),
      person: { emails: [], phones: [], identifiers: [], display: {}, deleted: true },
      issues: [],
    })
  })

  it.each(['1', 'Yes', 't', 'D', 'delete', '2026-03-01T10:00:00Z'])('is understood from %j', (text) => {
    expect(read(text).person.deleted).toBe(true)
  })

  it.each(['0', 'false', 'No', 'u', 'insert', '', ' '])('is not meant by %j', (text) => {
    const row = read(text)
    expect(row.person).toMatchObject({ given: ['mira'] })
    expect(row.person).not.toHaveProperty('deleted')
    expect(codesOf(row)).toEqual(['email.invalid'])
  })

  it('is neither kept nor taken out by a word nobody understands', () => {
    expect(read('perhaps').issues).toContainEqual({
      code: 'deleted.invalid',
      field: 'deleted',
      column: 'deleted',
      severity: 'quarantine',
    })
  })

  it('must say who is meant', () => {
    expect(normalizeCells({ given_name: 'Mira', deleted: 'true' }).issues).toEqual([
      { code: 'deleted.unnamed', field: 'record_key', severity: 'quarantine' },
    ])
  })
})
