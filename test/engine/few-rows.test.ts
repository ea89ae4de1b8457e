import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { openNamesakeDiscount } from '../../src/engine/open-namesake-discount.ts'
import { buildTable, groupNames, resolve } from './build-table.ts'
import { inventPeople } from './invent-people.ts'

// Sixty others to stand among, some of them twice: enough to be compared, too few to learn from.
const others = inventPeople(60, 5).rows.map((row) => [...row.slice(0, 4), '', ''])
const HEADER = ['id', 'first_name', 'last_name', 'birth_date', 'phone', 'passport_number']

/** Names of the groups of two and more among `rows`, with others about. */
async function join(rows: readonly (readonly string[])[]): Promise<readonly string[]> {
  const all = [...rows, ...others]
  const { clusterOf } = await resolve(buildTable([HEADER, ...all]))
  return groupNames(
    clusterOf,
    all.map(([id = '']) => id),
  ).filter((group) => group.includes(' ') && !group.startsWith('r'))
}

describe('in a file of few rows', () => {
  test('namesakes with nothing else in common are not joined [C2]', async () => {
    expect(
      await join([
        ['a1', 'Odile', 'Varnhagen', '', '020 7946 0101', ''],
        ['a2', 'Odile', 'Varnhagen', '', '', 'X1234567'],
        ['a3', 'Odile', 'Varnhagen', '1980-02-17', '', ''],
        ['b1', 'Arvid', 'Lindqvist', '', '020 7946 0999', 'X7654321'],
      ]),
    ).toEqual([])
  })

  test('a name and one thing more are enough', async () => {
    expect(
      await join([
        ['a1', 'Odile', 'Varnhagen', '1980-02-17', '020 7946 0101', ''],
        ['a2', 'Odile', 'Varnhagen', '', '020 7946 0101', ''],
        ['b1', 'Arvid', 'Lindqvist', '1971-11-23', '020 7946 0999', ''],
        ['b2', 'Arvid', 'Lindqvist', '1971-11-23', '', ''],
      ]),
    ).toEqual(['a1 a2', 'b1 b2'])
  })

  test('a number that several rows share says as much as it does among many', async () => {
    expect(
      await join([
        ['a1', 'Lea', 'Tournier', '', '', 'K48329017'],
        ['a2', 'Leonie', 'Tournier', '', '', 'K48329017'],
        ['a3', 'Lena', 'Tournier', '', '', 'K48329017'],
        ['b1', 'Ida', 'Brandt', '', '', 'K77120934'],
        ['b2', 'Ida', 'Brandt', '', '', 'K77120934'],
      ]),
    ).toEqual(['a1 a2 a3', 'b1 b2'])
  })

  test('namesakes are not learned from either', async () => {
    const namesakes = Array.from({ length: 20 }, (_, at) => [`n${at}`, 'Anna', 'Bakoli', '', '', ''])
    const { training } = await resolve(buildTable([HEADER, ...namesakes, ...others]))
    // 190 pairs that only names speak for, each doubtful at most, and some thirty that a birth date speaks for.
    expect(training!.expectedMatches).toBeLessThan(190 / 3 + 40)
  })
})

const SEX = { name: 'sex', kind: 'sex', shared: 0.1, levels: [{ label: 'same', m: 0.99, u: 0.1 }] } as const
const PHONE = { name: 'phone', kind: 'phone', shared: 0.4, levels: [{ label: 'exact', m: 0.7, u: 1e-6 }] } as const

describe('what names alone are worth', () => {
  property.prop([fc.double({ min: -60, max: 60, noNaN: true }), fc.integer({ min: 0, max: 10_000_000 })])(
    'never more than they say, never less than doubtful, and the more rows the more',
    (bits, rowCount) => {
      const { discount } = openNamesakeDiscount({ comparisons: [], rowCount })
      expect(discount(bits)).toBeLessThanOrEqual(bits)
      expect(discount(bits)).toBeGreaterThanOrEqual(Math.min(bits, -1))
      const { discount: among } = openNamesakeDiscount({ comparisons: [], rowCount: rowCount * 2 + 1 })
      expect(among(bits)).toBeGreaterThanOrEqual(discount(bits))
      expect(discount(bits + 1)).toBeGreaterThanOrEqual(discount(bits))
    },
  )

  test('is all they say where a model does not tell how many rows it saw', () => {
    expect(openNamesakeDiscount({ comparisons: [] }).discount(5)).toBe(5)
  })

  test('counts for pairs that nothing but names and sex speaks for', () => {
    const { isNamesOnly } = openNamesakeDiscount({ comparisons: [SEX, PHONE], rowCount: 10 })
    expect(isNamesOnly(Int8Array.of(0, -1), 0)).toBe(true)
    expect(isNamesOnly(Int8Array.of(-1, 0), 0)).toBe(false)
    const { isNamesOnly: isAll } = openNamesakeDiscount({ comparisons: [SEX], rowCount: 10 })
    expect(isAll(Int8Array.of(0), 0)).toBe(false)
  })
})
