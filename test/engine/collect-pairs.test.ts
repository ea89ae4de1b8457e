import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { collectPairs } from '../../src/engine/collect-pairs.ts'
import type { Atom, Comparison, KeyRule } from '../../src/engine/comparison.ts'
import { openGrouping } from '../../src/engine/group-by-key.ts'
import { joinAtoms } from '../../src/engine/join-atoms.ts'
import { measureClusters } from '../../src/engine/measure-clusters.ts'
import { numberTuples } from '../../src/engine/number-tuples.ts'

/** Levels by parity, so that pairs show two patterns. */
const parity: Comparison = {
  name: 'parity',
  kind: 'text',
  levels: [
    { label: 'same', m: 0.9, u: 0.5 },
    { label: 'different', m: 0.1, u: 0.5 },
  ],
  groupOf: new Uint8Array(2),
  exactLevels: 0,
  strata: [],
  isKnown: () => true,
  compare: (a, b) => (a + b) % 2,
}

const ROWS = 60
/** Key 0 says nothing; others are far apart, as hashes are. */
const keys = fc
  .array(fc.nat(6), { minLength: ROWS, maxLength: ROWS })
  .map((values) => Int32Array.from(values, (value) => value * 80_000_001))
const atoms = fc.tuple(keys, keys, keys).map((columns) =>
  columns.map((column, at): Atom => {
    return { name: `atom ${at}`, comparison: 0, codes: Int32Array.from(column.keys()), keys: column, agreement: [] }
  }),
)

/** Every pair with the first rule whose parts it all shares, in a block that is not too large. */
function findNaively(
  parts: readonly (readonly Atom[])[],
  maxBlock: number,
  mayMeet: (a: number, b: number) => boolean,
): readonly string[] {
  const keyOf = (rule: readonly Atom[], row: number): string | undefined =>
    rule.every((atom) => atom.keys[row] !== 0) ? rule.map((atom) => atom.keys[row]).join(' ') : undefined
  const sizes = parts.map((rule) => {
    const count = new Map<string, number>()
    for (let row = 0; row < ROWS; row++) {
      const key = keyOf(rule, row)
      if (key !== undefined) count.set(key, (count.get(key) ?? 0) + 1)
    }
    return count
  })
  const found: string[] = []
  for (let a = 0; a < ROWS; a++) {
    for (let b = a + 1; b < ROWS; b++) {
      const rule = parts.findIndex((part, at) => {
        const key = keyOf(part, a)
        return key !== undefined && key === keyOf(part, b) && sizes[at]!.get(key)! <= maxBlock
      })
      if (rule >= 0 && mayMeet(a, b)) found.push(`${a} ${b} ${rule}`)
    }
  }
  return found
}

test.prop([atoms, fc.constantFrom(4, 12, 1000), fc.constantFrom('all', 'across', 'within')])(
  'each pair that shares a key is compared once, under the first rule that finds it',
  ([x, y, z], maxBlock, meeting) => {
    const parts = [[x!, y!, z!], [y!, z!], [x!]]
    const rules: readonly KeyRule[] = parts.map(([first, second, third]) => joinAtoms([first!, second, third]))
    const fileOf = Uint16Array.from({ length: ROWS }, (_, row) => (row < ROWS / 2 ? 0 : 1))
    const space = {
      ...{ rowCount: ROWS, fileOf, fileCount: 2 },
      linkOnly: meeting === 'across',
      withinOnly: meeting === 'within',
    }
    const expected = findNaively(
      parts,
      maxBlock,
      (a, b) => meeting === 'all' || (fileOf[a] === fileOf[b]) === (meeting === 'within'),
    )
    const { pairs, patterns, uses } = collectPairs([parity], rules, space, maxBlock)
    const found = Array.from(pairs.a, (a, at) => `${a} ${pairs.b[at]}`)
    expect(found.sort()).toEqual(expected.map((entry) => entry.replace(/ \d+$/, '')).sort())
    expect(uses.map((use) => use.pairs)).toEqual(
      parts.map((_, rule) => expected.filter((entry) => entry.endsWith(` ${rule}`)).length),
    )
    pairs.pattern.forEach((pattern, at) => {
      expect(patterns.levels[pattern]).toBe((pairs.a[at]! + pairs.b[at]!) % 2)
    })
    expect(patterns.counts.reduce((sum, count) => sum + count, 0)).toBe(found.length)
  },
)

test.prop([
  fc.array(
    fc.oneof(
      fc.nat(5),
      fc.nat(2 ** 29 - 1),
      fc.nat(90).map((low) => 2 ** 28 + low),
    ),
    { maxLength: 300 },
  ),
])('rows are grouped by key in order of keys and rows, those alone left out', (values) => {
  const naive = new Map<number, number[]>()
  values.forEach((key, row) => key !== 0 && naive.set(key, [...(naive.get(key) ?? []), row]))
  const { rows, starts } = openGrouping(values.length)(Int32Array.from(values))
  const blocks = Array.from(starts.subarray(0, -1), (from, at) => [...rows.subarray(from, starts[at + 1])])
  expect(blocks).toEqual(
    [...naive]
      .filter(([, block]) => block.length > 1)
      .sort(([a], [b]) => a - b)
      .map(([, block]) => block),
  )
})

const labels = fc.array(fc.tuple(fc.integer({ min: -4, max: 9 }), fc.nat(9)), { maxLength: 40 })

test.prop([labels])('clusters are measured by the pairs that a look at each pair counts', (both) => {
  const pairs = both.flatMap(([t, c], at) => both.slice(at + 1).map(([u, d]) => [t === u, c === d] as const))
  const measure = measureClusters(
    both.map(([t]) => t),
    both.map(([, c]) => c),
  )
  const count = (is: (pair: readonly [boolean, boolean]) => boolean): number => pairs.filter(is).length
  expect(measure.truePairs).toBe(count(([t]) => t))
  expect(measure.foundPairs).toBe(count(([, c]) => c))
  expect(measure.precision * measure.foundPairs || 0).toBeCloseTo(count(([t, c]) => t && c))
})

test('tuples are numbered as they turn up, more of them than any first guess', () => {
  const first = Int32Array.from({ length: 5000 }, (_, row) => row % 70)
  const second = Int32Array.from({ length: 5000 }, (_, row) => row % 90)
  const { numbers, firstRows } = numberTuples([first, second], 5000)
  const known = new Map<string, number>()
  first.forEach((code, row) => {
    const name = `${code} ${second[row]}`
    if (!known.has(name)) known.set(name, row)
  })
  expect([...firstRows]).toEqual([...known.values()])
  numbers.forEach((number, row) => {
    expect(`${first[firstRows[number]!]} ${second[firstRows[number]!]}`).toBe(`${first[row]} ${second[row]}`)
  })
})
