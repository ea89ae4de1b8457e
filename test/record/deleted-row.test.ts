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

  it.each(['1', 'Yes', 't', 'D', 'delete', 'ja', 'OUI', 'Sí', '2026-03-01T10:00:00Z'])(
    'is understood from %j',
    (text) => {
      expect(read(text).person.deleted).toBe(true)
    },
  )

  it.each(['0', 'false', 'No', 'u', 'insert', 'nein', '', ' ', '0000-00-00 00:00:00', '9999-12-31'])(
    'is not meant by %j',
    (text) => {
      const row = read(text)
      expect(row.person).toMatchObject({ given: ['mira'] })
      expect(row.person).not.toHaveProperty('deleted')
      expect(codesOf(row)).toEqual(['email.invalid'])
    },
  )

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

  it('is told when: by the time of deletion where that is the later or the only one', () => {
    const at = (cells: Readonly<Record<string, string>>) => normalizeCells({ record_key: '7', ...cells })
    expect(at({ deleted: '2026-03-01', updated_at: '2026-01-02' }).updatedAt).toEqual(new Date('2026-03-01'))
    expect(at({ deleted: '2026-03-01', updated_at: '' })).toMatchObject({
      updatedAt: new Date('2026-03-01'),
      issues: [],
    })
    expect(at({ deleted: '2026-03-01', updated_at: '2026-04-02' }).updatedAt).toEqual(new Date('2026-04-02'))
    expect(codesOf(at({ deleted: 'true', updated_at: '' }))).toEqual(['deleted.undated'])
  })

  it('means nothing of orders and events', () => {
    const row = normalizeCells({ order_id: '9', occurred_at: '2026-01-01', deleted: 'perhaps' }, { kind: 'orders' })
    expect(row.issues).toEqual([])
    expect(row.event).toBeDefined()
  })
})
