import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeOneHot } from '../../src/feature/encode-one-hot.ts'
import { findBin } from '../../src/feature/find-bin.ts'
import { rankPercentiles } from '../../src/feature/rank-percentiles.ts'
import { scaleLog } from '../../src/feature/scale-log.ts'
import { scaleMinMax } from '../../src/feature/scale-min-max.ts'
import { scaleZ } from '../../src/feature/scale-z.ts'
import { sortIndexes } from '../../src/feature/sort-indexes.ts'

const columns = fc
  .array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, 1e300, -1e300)), {
    maxLength: 60,
  })
  .map((values) => Float64Array.from(values))

describe('sortIndexes', () => {
  it.each([1, 3000])('orders as a stable sort by comparison does, for columns %i times as long', (times) => {
    fc.assert(
      fc.property(columns, (column) => {
        const values = Float64Array.from(Array.from({ length: times }, () => [...column]).flat())
        const positions = Uint32Array.from(values.keys())
        const expected = [...positions].toSorted((a, b) => {
          const [x, y] = [values[a] ?? 0, values[b] ?? 0]
          return x < y ? -1 : x > y ? 1 : 0
        })
        expect([...sortIndexes(values, positions)]).toEqual(expected)
        const backwards = sortIndexes(values, positions.toReversed())
        expect([...sortIndexes(values, backwards)]).toEqual([...backwards])
      }),
      // Thousands of values take the radix sort.
      { numRuns: times === 1 ? 200 : 20 },
    )
  })

  it('keeps the given order among thousands of equal values', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, index) => index % 7)
    const order = [...sortIndexes(values, Uint32Array.from(values.keys()))]
    const expected = [0, 1, 2, 3, 4, 5, 6].flatMap((rest) =>
      Array.from({ length: Math.ceil((10_000 - rest) / 7) }, (_, index) => index * 7 + rest),
    )
    expect(order).toEqual(expected)
  })

  it('leaves its arguments as they are', () => {
    const values = Float64Array.of(2, -1, -0)
    const positions = Uint32Array.of(0, 1, 2)
    sortIndexes(values, positions)
    // Object.is tells -0 from 0.
    expect([...values, ...positions]).toEqual([2, -1, -0, 0, 1, 2])
  })
})

describe('rankPercentiles', () => {
  it('is the share strictly below', () => {
    fc.assert(
      fc.property(columns, (values) => {
        const expected = [...values].map((value) => values.filter((other) => other < value).length / values.length)
        expect([...rankPercentiles(values)]).toEqual(expected)
      }),
    )
  })
})

describe('scaling', () => {
  it('takes the smallest to 0 and the largest to 1', () => {
    expect([...scaleMinMax(Float64Array.of(10, 20, 15))]).toEqual([0, 1, 0.5])
    expect([...scaleMinMax(Float64Array.of(4, 4))]).toEqual([0, 0])
    expect([...scaleMinMax(Float64Array.of())]).toEqual([])
  })

  it('takes values to mean 0 and deviation 1, whatever their order', () => {
    const values = Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)
    expect([...scaleZ(values)]).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2])
    expect([...scaleZ(values.toReversed())]).toEqual([...scaleZ(values)].toReversed())
    expect([...scaleZ(Float64Array.of(0.1, 0.1, 0.1))]).toEqual([0, 0, 0])
    expect([...scaleZ(Float64Array.of())]).toEqual([])
  })

  it('takes logarithms that keep 0 and the order', () => {
    expect([...scaleLog(Float64Array.of(0, Math.E - 1, 1 - Math.E))]).toEqual([0, 1, -1])
  })
})

describe('encodeOneHot', () => {
  it('gives each category a column, and the unknown none', () => {
    const { categories, rows } = encodeOneHot(['web', undefined, 'app', 'web'])
    expect(categories).toEqual(['app', 'web'])
    expect(rows.map((row) => [...row])).toEqual([
      [0, 1],
      [0, 0],
      [1, 0],
      [0, 1],
    ])
  })

  it('keeps to declared categories', () => {
    const { rows } = encodeOneHot(['web', 'fax'], ['web', 'app'])
    expect(rows.map((row) => [...row])).toEqual([
      [1, 0],
      [0, 0],
    ])
  })
})

describe('findBin', () => {
  it.each([
    [17, 0],
    [18, 0],
    [18.5, 1],
    [65, 1],
    [66, 2],
  ])('puts %f in bin %i of those ending at 18 and 65', (value, bin) => {
    expect(findBin(value, [18, 65])).toBe(bin)
  })
})
