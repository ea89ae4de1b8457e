import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { linkRows } from '../../src/engine/link-rows.ts'

interface Graph {
  readonly scores: readonly (readonly number[])[]
  readonly given: readonly (readonly [number, number])[]
}

/** Whole numbers, so that sums are exact in any order. */
const graph = fc.integer({ min: 2, max: 7 }).chain((size) =>
  fc
    .tuple(
      fc.array(fc.integer({ min: -8, max: 8 }), { minLength: size * size, maxLength: size * size }),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: size * 2 }),
    )
    .map(([flat, some]): Graph => {
      const scores = Array.from({ length: size }, (_, a) =>
        Array.from({ length: size }, (_unused, b) => flat[Math.min(a, b) * size + Math.max(a, b)]!),
      )
      const keys = new Set(some.filter(([a, b]) => a !== b).map(([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`))
      return { scores, given: [...keys].map((key) => key.split(' ').map(Number) as [number, number]) }
    }),
)
interface LinkOptions {
  readonly rows?: readonly number[]
  readonly mayJoin?: (a: readonly number[], b: readonly number[]) => boolean
}
const anything = (): boolean => true

function link(
  { scores, given }: Graph,
  { rows = scores.map((_, row) => row), mayJoin = anything }: LinkOptions = {},
): readonly string[] {
  const pairs = {
    a: given.map(([a]) => a),
    b: given.map(([, b]) => b),
    score: given.map(([a, b]) => scores[a]![b]!),
  }
  const rules = {
    scoreOf: (a: number, b: number) => scores[a]![b]!,
    mayJoin,
    rankOf: Int32Array.from(scores, (_, row) => row),
  }
  return linkRows(rows, pairs, rules)
    .map((group) => [...group].sort((a, b) => a - b).join(' '))
    .sort()
}

/** The definition, word for word: every pair of clusters looked at anew each time. */
function linkNaively({ scores, given }: Graph): readonly string[] {
  let groups = scores.map((_, row) => [row])
  for (;;) {
    let best: { mean: number; x: number; y: number } | undefined
    for (let x = 0; x < groups.length; x++) {
      for (let y = x + 1; y < groups.length; y++) {
        const across = groups[x]!.flatMap((a) => groups[y]!.map((b) => [a, b] as const))
        const isTied = across.some(([a, b]) => given.some(([p, q]) => (p === a && q === b) || (p === b && q === a)))
        const mean = across.reduce((sum, [a, b]) => sum + scores[a]![b]!, 0) / across.length
        if (isTied && mean >= 0 && (best === undefined || mean > best.mean)) best = { mean, x, y }
      }
    }
    if (best === undefined) return groups.map((group) => [...group].sort((a, b) => a - b).join(' ')).sort()
    const { x, y } = best
    groups = groups.flatMap((group, at) => (at === x ? [[...group, ...groups[y]!]] : at === y ? [] : [group]))
  }
}

describe('average linkage', () => {
  test.prop([graph])('is what looking at every pair of clusters anew gives', (world) => {
    expect(link(world)).toEqual(linkNaively(world))
  })

  test.prop([graph])('is a partition', (world) => {
    const rows = link(world).flatMap((group) => group.split(' ').map(Number))
    expect(rows.sort((a, b) => a - b)).toEqual(world.scores.map((_, row) => row))
  })

  test.prop([graph, fc.nat()])('does not depend on the order of rows and pairs', (world, turn) => {
    const { given, scores } = world
    const turned = {
      scores,
      given: [...given.slice(turn % (given.length + 1)), ...given.slice(0, turn % (given.length + 1))].reverse(),
    }
    expect(link(turned, { rows: scores.map((_, row) => row).reverse() })).toEqual(link(world))
  })

  test.prop([graph])('never joins what may not be joined', (world) => {
    const mayJoin = (a: readonly number[], b: readonly number[]): boolean =>
      !([...a, ...b].includes(0) && [...a, ...b].includes(1))
    for (const group of link(world, { mayJoin })) expect(group.startsWith('0 1')).toBe(false)
  })
})

test('a bridge between two families is not crossed', () => {
  const families = [0, 0, 0, 1, 1, 1]
  const scores = families.map((x, a) => families.map((y, b) => (x === y ? 8 : a + b === 5 && a * b === 6 ? 8 : -8)))
  const given = scores.flatMap((row, a) => row.flatMap((score, b) => (a < b && score > 0 ? [[a, b] as const] : [])))
  expect(link({ scores, given })).toEqual(['0 1 2', '3 4 5'])
})
