import { describe, expect, test } from 'vitest'
import { cluster } from '../../src/identity/cluster.ts'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
import type { ClusterConstraints, ClusterEdge, ClusterNode } from '../../src/identity/index-graph.ts'

const free: ClusterConstraints = { neverLink: [], alwaysLink: [], limits: {}, cohesion: DEFAULT_COHESION }
const nodes = (...ids: string[]): ClusterNode[] => ids.map((id) => ({ id, identifiers: [] }))
const match = (a: string, b: string, strength = 10): ClusterEdge => ({ a, b, strength, verdict: 'match' })
const distinct = (a: string, b: string, strength = -8): ClusterEdge => ({ a, b, strength, verdict: 'distinct' })

function permute(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]]
  return names.flatMap((name) => permute(names.filter((other) => other !== name)).map((rest) => [name, ...rest]))
}

describe('protection', () => {
  test('a record that fits two people is no bridge between them', () => {
    const edges = [match('anna', 'mailbox', 20), match('mailbox', 'otto', 19), distinct('anna', 'otto')]
    const { clusters, refused } = cluster(nodes('anna', 'mailbox', 'otto'), edges, free)
    expect(clusters).toEqual([['anna', 'mailbox'], ['otto']])
    expect(refused).toEqual([{ a: 'mailbox', b: 'otto', reason: 'cohesion', strength: 19, pairs: 1 }])
  })
  test('two people whose dates of birth differ are not bridged by two records without one, however ids order ties', () => {
    const alike = [
      ['father', 'first'],
      ['father', 'second'],
      ['son', 'first'],
      ['son', 'second'],
      ['first', 'second'],
    ] as const
    for (const order of permute(['father', 'son', 'first', 'second'])) {
      const idOf = (name: string) => `r${order.indexOf(name)}`
      const edges = [...alike.map(([a, b]) => match(idOf(a), idOf(b), 52)), distinct(idOf('father'), idOf('son'), -12)]
      const { clusters, refused } = cluster(nodes(...order.map(idOf)), edges, free)
      const people = clusters.map((ids) => ids.map((id) => order[Number(id.slice(1))]!))
      expect(people.filter((names) => names.includes('father') && names.includes('son'))).toEqual([])
      expect(people).toHaveLength(2)
      expect(refused).toMatchObject([{ reason: 'cohesion' }])
    }
  })
  test('one weak contradiction is outvoted by two matches', () => {
    const edges = [
      match('a', 'b', 20),
      match('a', 'c', 10),
      match('b', 'c', 9),
      match('c', 'd', 30),
      distinct('b', 'd'),
    ]
    const { clusters } = cluster(nodes('a', 'b', 'c', 'd'), [...edges, match('a', 'd', 8)], free)
    expect(clusters).toEqual([['a', 'b', 'c', 'd']])
  })
  test('a pair that merely has nothing to say does not part a chain', () => {
    const edges = [match('a', 'b', 20), match('b', 'c', 19), distinct('a', 'c', 0)]
    expect(cluster(nodes('a', 'b', 'c'), edges, free).clusters).toEqual([['a', 'b', 'c']])
  })
  test('a merge beyond an identifier limit becomes a review item', () => {
    const all = [
      { id: 'a', identifiers: [{ kind: 'user_id', value: '1' }] },
      { id: 'b', identifiers: [{ kind: 'user_id', value: '2' }] },
    ]
    const { clusters, refused } = cluster(all, [match('a', 'b')], { ...free, limits: { user_id: { most: 1 } } })
    expect(clusters).toEqual([['a'], ['b']])
    expect(refused).toEqual([{ a: 'a', b: 'b', reason: 'identifier_limit', strength: 10, pairs: 1 }])
  })
  test('a record that alone exceeds a limit can still be joined by one that adds nothing', () => {
    const all = [
      { id: 'a', identifiers: ['1', '2'].map((value) => ({ kind: 'user_id', value })) },
      { id: 'b', identifiers: [{ kind: 'user_id', value: '2' }] },
    ]
    expect(cluster(all, [match('a', 'b')], { ...free, limits: { user_id: { most: 1 } } }).clusters).toEqual([
      ['a', 'b'],
    ])
  })
  test("a person's link outranks limits, contradictions and scores", () => {
    const all = [
      { id: 'a', identifiers: [{ kind: 'user_id', value: '1' }] },
      { id: 'b', identifiers: [{ kind: 'user_id', value: '2' }] },
    ]
    const constraints: ClusterConstraints = { ...free, limits: { user_id: { most: 1 } }, alwaysLink: [['b', 'a']] }
    expect(cluster(all, [distinct('a', 'b', -50)], constraints).clusters).toEqual([['a', 'b']])
  })
  test('two groups of which a person linked one record each become one, however the others contradict', () => {
    const edges = [
      match('a', 'b'),
      match('c', 'd'),
      ...['a c', 'a d', 'b c', 'b d'].map((pair) => distinct(pair[0]!, pair[2]!, -12)),
    ]
    expect(cluster(nodes('a', 'b', 'c', 'd'), edges, { ...free, alwaysLink: [['a', 'c']] })).toMatchObject({
      clusters: [['a', 'b', 'c', 'd']],
      refused: [],
    })
  })
  test('a pair a person parted is not asked about again, but the merge it stands against is', () => {
    const edges = [match('a', 'b', 9), match('b', 'c', 8), match('a', 'c', 20)]
    const { clusters, refused } = cluster(nodes('a', 'b', 'c'), edges, { ...free, neverLink: [['a', 'b']] })
    expect(clusters).toEqual([['a', 'c'], ['b']])
    expect(refused).toEqual([{ a: 'b', b: 'c', reason: 'never_link', strength: 8, pairs: 1 }])
  })
  test('a doubt between two groups that a person parted is answered', () => {
    const edges: ClusterEdge[] = [match('a', 'b', 9), { a: 'b', b: 'c', strength: 1, verdict: 'review' }]
    const { refused } = cluster(nodes('a', 'b', 'c'), edges, { ...free, neverLink: [['a', 'c']] })
    expect(refused).toEqual([])
  })
  test('two protected profiles are joined by a person only', () => {
    const edges = [match('a', 'b', 9), match('c', 'd', 8), match('b', 'c', 60)]
    const constraints = { ...free, protectedIds: ['a', 'd'] }
    const { clusters, refused } = cluster(nodes('a', 'b', 'c', 'd'), edges, constraints)
    expect(clusters).toEqual([['a', 'b', 'c'], ['d']])
    expect(refused).toEqual([{ a: 'c', b: 'd', reason: 'protection', strength: 8, pairs: 1 }])
    const joined = cluster(nodes('a', 'b', 'c', 'd'), edges, { ...constraints, alwaysLink: [['a', 'd']] })
    expect(joined).toMatchObject({ clusters: [['a', 'b', 'c', 'd']], refused: [] })
  })
  test('two decisions that contradict each other are shown', () => {
    const constraints: ClusterConstraints = {
      ...free,
      neverLink: [['a', 'c']],
      alwaysLink: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    }
    const { clusters, refused } = cluster(nodes('a', 'b', 'c'), [], constraints)
    expect(clusters).toEqual([['a', 'b'], ['c']])
    expect(refused).toEqual([{ a: 'b', b: 'c', reason: 'never_link', strength: Infinity, pairs: 1 }])
  })
  test('an undecided score becomes a review item', () => {
    const { clusters, refused } = cluster(nodes('a', 'b'), [{ a: 'b', b: 'a', strength: 2, verdict: 'review' }], free)
    expect(clusters).toEqual([['a'], ['b']])
    expect(refused).toEqual([{ a: 'a', b: 'b', reason: 'score', strength: 2, pairs: 1 }])
  })
})
