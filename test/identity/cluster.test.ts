import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster } from '../../src/identity/cluster.ts'
import type { Clustering } from '../../src/identity/cluster.ts'
import { findComponents } from '../../src/identity/find-components.ts'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
import type { ClusterConstraints, ClusterEdge, ClusterNode } from '../../src/identity/index-graph.ts'

const free: ClusterConstraints = { neverLink: [], alwaysLink: [], maxPerProfile: {}, cohesion: DEFAULT_COHESION }
const nodes = (...ids: string[]): ClusterNode[] => ids.map((id) => ({ id, identifiers: [] }))
const match = (a: string, b: string, strength = 10): ClusterEdge => ({ a, b, strength, verdict: 'match' })
const distinct = (a: string, b: string, strength = -8): ClusterEdge => ({ a, b, strength, verdict: 'distinct' })

interface Graph {
  readonly nodes: readonly ClusterNode[]
  readonly edges: readonly ClusterEdge[]
  readonly constraints: ClusterConstraints
}

const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 9 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, i) => `r${i}`)
  const id = fc.constantFrom(...ids)
  const pairKey = (p: readonly [string, string]) => [...p].sort().join(' ')
  const pair = fc.tuple(id, id).filter(([a, b]) => a !== b)
  const pairs = count < 2 ? fc.constant([]) : fc.uniqueArray(pair, { selector: pairKey, maxLength: 3 })
  const edges =
    count < 2
      ? fc.constant([])
      : fc.uniqueArray(
          fc.record({
            ends: pair,
            strength: fc.integer({ min: -14, max: 20 }),
            verdict: fc.constantFrom('match' as const, 'match' as const, 'review' as const, 'distinct' as const),
          }),
          { selector: (edge) => pairKey(edge.ends), maxLength: 24 },
        )
  return fc.record({
    nodes: fc.tuple(
      ...ids.map((nodeId) =>
        fc
          .array(fc.record({ kind: fc.constantFrom('user_id', 'email'), value: fc.constantFrom('1', '2', '3') }), {
            maxLength: 2,
          })
          .map((identifiers) => ({ id: nodeId, identifiers })),
      ),
    ),
    edges: edges.map((list) =>
      list.map(({ ends: [a, b], strength, verdict }) => ({
        a,
        b,
        verdict,
        strength: verdict === 'distinct' ? -Math.abs(strength) : strength,
      })),
    ),
    constraints: fc.record({
      neverLink: pairs,
      alwaysLink: pairs,
      maxPerProfile: fc.constantFrom<Record<string, number>>({}, { user_id: 1 }, { user_id: 1, email: 2 }),
      cohesion: fc.constant(DEFAULT_COHESION),
    }),
  })
})

/** The definition, written down without any index: sets of ids, every rule by looking at everything. */
function clusterNaively(graph: Graph): string[][] {
  let sets = graph.nodes.map(({ id }) => new Set([id]))
  const setOf = (id: string) => sets.find((set) => set.has(id))!
  const isNever = (A: Set<string>, B: Set<string>) =>
    graph.constraints.neverLink.some(([x, y]) => (A.has(x) && B.has(y)) || (A.has(y) && B.has(x)))
  const countValues = (set: Set<string>, kind: string) =>
    new Set(
      graph.nodes
        .filter(({ id }) => set.has(id))
        .flatMap(({ identifiers }) => identifiers.filter((i) => i.kind === kind).map((i) => i.value)),
    ).size
  const isOverLimit = (A: Set<string>, B: Set<string>) =>
    Object.entries(graph.constraints.maxPerProfile).some(([kind, max]) => {
      const together = countValues(new Set([...A, ...B]), kind)
      return together > max && together > countValues(A, kind) && together > countValues(B, kind)
    })
  const isBroken = (A: Set<string>, B: Set<string>) => {
    const cross = graph.edges.filter(({ a, b }) => (A.has(a) && B.has(b)) || (A.has(b) && B.has(a)))
    const agreeing = cross.filter(({ verdict }) => verdict === 'match').length
    const no = cross.filter(({ verdict }) => verdict !== 'match')
    const against = no.filter(({ strength }) => strength <= -3).length
    const isDecided = no.some(({ strength }) => strength <= -12)
    const total = cross.reduce((sum, { strength }) => sum + Math.min(12, Math.max(-12, strength)), 0)
    return isDecided || (against > 0 && against >= agreeing) || total < 0
  }
  const join = (A: Set<string>, B: Set<string>) => {
    sets = [...sets.filter((set) => set !== A && set !== B), new Set([...A, ...B])]
  }
  const order = (p: readonly [string, string]) => [...p].sort().join(' ')
  for (const [a, b] of graph.constraints.alwaysLink.toSorted((p, q) => (order(p) < order(q) ? -1 : 1))) {
    if (setOf(a) !== setOf(b) && !isNever(setOf(a), setOf(b))) join(setOf(a), setOf(b))
  }
  const matches = graph.edges.filter(({ verdict }) => verdict === 'match')
  matches.sort((x, y) => y.strength - x.strength || (order([x.a, x.b]) < order([y.a, y.b]) ? -1 : 1))
  for (const { a, b } of matches) {
    const [A, B] = [setOf(a), setOf(b)]
    if (A !== B && !isNever(A, B) && !isOverLimit(A, B) && !isBroken(A, B)) join(A, B)
  }
  return sets.map((set) => [...set].sort()).sort((x, y) => (x[0]! < y[0]! ? -1 : 1))
}

const run = ({ nodes: all, edges, constraints }: Graph): Clustering => cluster(all, edges, constraints)

describe('laws', () => {
  test('every record is in exactly one cluster', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(run(graph).clusters.flat().sort()).toEqual(graph.nodes.map(({ id }) => id).sort())
      }),
    )
  })
  test('the order of nodes, edges, ends and constraints changes nothing', () => {
    const shuffled = graphs.chain((graph) =>
      fc.record({
        graph: fc.constant(graph),
        nodes: fc.shuffledSubarray([...graph.nodes], { minLength: graph.nodes.length }),
        edges: fc.shuffledSubarray([...graph.edges], { minLength: graph.edges.length }),
        flip: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ graph, nodes: others, edges, flip }) => {
        const turned = edges.map((edge) => (flip ? { ...edge, a: edge.b, b: edge.a } : edge))
        const constraints = {
          ...graph.constraints,
          neverLink: graph.constraints.neverLink.map(([a, b]): [string, string] => [b, a]).toReversed(),
          alwaysLink: graph.constraints.alwaysLink.map(([a, b]): [string, string] => [b, a]).toReversed(),
        }
        expect(cluster(others, turned, constraints)).toEqual(run(graph))
      }),
    )
  })
  test('a naive search over all sets finds the same clusters', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(run(graph).clusters).toEqual(clusterNaively(graph))
      }),
      { numRuns: 1000 },
    )
  })
  test('a never-link pair is never in one cluster', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const members of run(graph).clusters) {
          for (const [a, b] of graph.constraints.neverLink) {
            expect(members.includes(a) && members.includes(b)).toBe(false)
          }
        }
      }),
    )
  })
  test('each component alone gives what it gives among the others', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const whole = run(graph)
        const ids = graph.nodes.map(({ id }) => id)
        const parts = findComponents(ids, graph.edges, graph.constraints.alwaysLink).map((component) => {
          const inside = new Set(component)
          return cluster(
            graph.nodes.filter(({ id }) => inside.has(id)),
            graph.edges.filter(({ a, b }) => inside.has(a) && inside.has(b)),
            graph.constraints,
          )
        })
        const byFirst = (x: readonly string[], y: readonly string[]) => (x[0]! < y[0]! ? -1 : 1)
        expect(parts.flatMap(({ clusters }) => clusters).toSorted(byFirst)).toEqual(whole.clusters)
        const texts = (items: Clustering['refused']) => items.map((item) => JSON.stringify(item)).sort()
        expect(texts(parts.flatMap(({ refused }) => refused))).toEqual(texts(whole.refused))
      }),
    )
  })
  test('no match is skipped silently: it is inside a cluster, decided, or behind a review item', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { clusters, refused } = run(graph)
        const indexOf = (id: string) => clusters.findIndex((members) => members.includes(id))
        const never = new Set(graph.constraints.neverLink.map((pair) => [...pair].sort().join(' ')))
        for (const { a, b, verdict } of graph.edges) {
          if (verdict === 'distinct' || indexOf(a) === indexOf(b) || never.has([a, b].sort().join(' '))) continue
          const endsOf = (x: string, y: string) =>
            `${Math.min(indexOf(x), indexOf(y))} ${Math.max(indexOf(x), indexOf(y))}`
          expect(refused.map((item) => endsOf(item.a, item.b))).toContain(endsOf(a, b))
        }
      }),
    )
  })
})

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
    const { clusters, refused } = cluster(all, [match('a', 'b')], { ...free, maxPerProfile: { user_id: 1 } })
    expect(clusters).toEqual([['a'], ['b']])
    expect(refused).toEqual([{ a: 'a', b: 'b', reason: 'identifier_limit', strength: 10, pairs: 1 }])
  })
  test('a record that alone exceeds a limit can still be joined by one that adds nothing', () => {
    const all = [
      { id: 'a', identifiers: ['1', '2'].map((value) => ({ kind: 'user_id', value })) },
      { id: 'b', identifiers: [{ kind: 'user_id', value: '2' }] },
    ]
    expect(cluster(all, [match('a', 'b')], { ...free, maxPerProfile: { user_id: 1 } }).clusters).toEqual([['a', 'b']])
  })
  test("a person's link outranks limits, contradictions and scores", () => {
    const all = [
      { id: 'a', identifiers: [{ kind: 'user_id', value: '1' }] },
      { id: 'b', identifiers: [{ kind: 'user_id', value: '2' }] },
    ]
    const constraints: ClusterConstraints = { ...free, maxPerProfile: { user_id: 1 }, alwaysLink: [['b', 'a']] }
    expect(cluster(all, [distinct('a', 'b', -50)], constraints).clusters).toEqual([['a', 'b']])
  })
  test('a pair a person parted is not asked about again, but the merge it stands against is', () => {
    const edges = [match('a', 'b', 9), match('b', 'c', 8), match('a', 'c', 20)]
    const { clusters, refused } = cluster(nodes('a', 'b', 'c'), edges, { ...free, neverLink: [['a', 'b']] })
    expect(clusters).toEqual([['a', 'c'], ['b']])
    expect(refused).toEqual([{ a: 'b', b: 'c', reason: 'never_link', strength: 8, pairs: 1 }])
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

test.each([
  ['cluster.unknown_node', nodes('a'), [match('a', 'b')]],
  ['cluster.repeated_node', nodes('a', 'a'), []],
  ['cluster.repeated_edge', nodes('a', 'b'), [match('a', 'b'), distinct('b', 'a')]],
  ['cluster.bad_strength', nodes('a', 'b'), [match('a', 'b', NaN)]],
])('%s', (code, all, edges) => {
  expect(() => cluster(all, edges, free)).toThrow(expect.objectContaining({ code }))
})
