import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveContentKey } from '../../src/record/derive-content-key.ts'

describe('the content of a row', () => {
  it('has the same key in any order of columns, with outer blanks and with empty columns added', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([name]) => name, maxLength: 6 })
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (pairs, ranks) => {
        const key = deriveContentKey(
          pairs.map(([name]) => name),
          pairs.map(([, value]) => value),
        )
        const mixed = pairs.map((pair) => ({ pair, rank: ranks.next().value ?? 0 })).sort((a, b) => a.rank - b.rank)
        const columns = [...mixed.map(({ pair }) => pair[0]), 'added later']
        expect(deriveContentKey(columns, [...mixed.map(({ pair }) => ` ${pair[1]}\t`), null])).toBe(key)
      }),
    )
  })

  it('has another key when any cell differs, also where the same letters sit in other columns', () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom('a', ':', '=', ';', '1'), maxLength: 4 }), {
      minLength: 3,
      maxLength: 3,
    })
    fc.assert(
      fc.property(cells, cells, (left, right) => {
        const columns = ['a', 'a:1', 'b']
        const same = left.every((value, index) => value === right[index])
        expect(deriveContentKey(columns, left) === deriveContentKey(columns, right)).toBe(same)
      }),
    )
  })

  it('cannot be forged by a cell that spells another column', () => {
    expect(deriveContentKey(['a', 'b'], ['x;1:b=1:y', ''])).not.toBe(deriveContentKey(['a', 'b'], ['x', 'y']))
    expect(deriveContentKey(['a', 'b'], ['x;1:b=y', ''])).not.toBe(deriveContentKey(['a', 'b'], ['x', 'y']))
  })

  it('in two columns of one name has no order', () => {
    expect(deriveContentKey(['x', 'x', 'a'], ['2', '1', '3'])).toBe(deriveContentKey(['x', 'a', 'x'], ['1', '3', '2']))
  })
})
