import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cluster } from '../../src/identity/cluster.ts'
import type { Clustering } from '../../src/identity/cluster.ts'
import { findComponents } from '../../src/identity/find-components.ts'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
import type { ClusterConstraints, ClusterEdge, ClusterNode, IdentifierLimit } from '../../src/identity/index-graph.ts'

const free: ClusterConstraints = { neverLink: [], alwaysLink: [], limits: {}, cohesion: DEFAULT_COHESION }
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
          .record({
            identifiers: fc.array(
              fc.record({ kind: fc.constantFrom('user_id', 'email'), value: fc.constantFrom('1', '2', '3') }),
              { maxLength: 2 },
            ),
            atMs: fc.constantFrom(undefined, 0, 1, 2, 3, 4, 5),
          })
          .map(({ identifiers, atMs }) => ({ id: nodeId, identifiers, ...(atMs !== undefined && { atMs }) })),
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
      protectedIds: fc.uniqueArray(id, { maxLength: 3 }),
      limits: fc.constantFrom<Record<string, IdentifierLimit>>(
        {},
        { user_id: { most: 1 } },
        { user_id: { most: 1, withinMs: 2 }, email: { most: 2 } },
      ),
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
  const countValues = (set: Set<string>, kind: string, withinMs = Infinity) => {
    const members = graph.nodes.filter(({ id }) => set.has(id))
    const countFrom = (fromMs: number) =>
      new Set(
        members
          .filter(({ atMs = fromMs }) => atMs >= fromMs && atMs <= fromMs + withinMs)
          .flatMap(({ identifiers }) => identifiers.filter((i) => i.kind === kind).map((i) => i.value)),
      ).size
    return Math.max(0, ...[0, 1, 2, 3, 4, 5].map(countFrom))
  }
  const isOverLimit = (A: Set<string>, B: Set<string>) =>
    Object.entries(graph.constraints.limits).some(([kind, { most, withinMs }]) => {
      const together = countValues(new Set([...A, ...B]), kind, withinMs)
      return together > most && together > countValues(A, kind, withinMs) && together > countValues(B, kind, withinMs)
    })
  const isProtected = (set: Set<string>) => (graph.constraints.protectedIds ?? []).some((id) => set.has(id))
  let trusted: Set<string>[] = []
  const isNear = (id: string, set: Set<string>) =>
    set.has(id) ||
    graph.edges.some(
      ({ a, b, verdict }) => verdict === 'match' && ((a === id && set.has(b)) || (b === id && set.has(a))),
    )
  const areExcused = (a: string, b: string) => trusted.some((set) => isNear(a, set) && isNear(b, set))
  const isBroken = (A: Set<string>, B: Set<string>) => {
    const cross = graph.edges.filter(({ a, b }) => (A.has(a) && B.has(b)) || (A.has(b) && B.has(a)))
    const agreeing = cross.filter(({ verdict }) => verdict === 'match').length
    const no = cross.filter(({ verdict, a, b }) => verdict !== 'match' && !areExcused(a, b))
    const against = no.filter(({ strength }) => strength <= -3).length
    const isDecided = no.some(({ strength }) => strength <= -12)
    const heard = cross.filter(({ verdict, a, b }) => verdict === 'match' || !areExcused(a, b))
    const total = heard.reduce((sum, { strength }) => sum + Math.min(12, Math.max(-12, strength)), 0)
    return isDecided || (against > 0 && against >= agreeing) || total < 0
  }
  const join = (A: Set<string>, B: Set<string>) => {
    sets = [...sets.filter((set) => set !== A && set !== B), new Set([...A, ...B])]
  }
  const order = (p: readonly [string, string]) => [...p].sort().join(' ')
  for (const [a, b] of graph.constraints.alwaysLink.toSorted((p, q) => (order(p) < order(q) ? -1 : 1))) {
    if (setOf(a) !== setOf(b) && !isNever(setOf(a), setOf(b))) join(setOf(a), setOf(b))
  }
  trusted = sets.filter(({ size }) => size > 1)
  const matches = graph.edges.filter(({ verdict }) => verdict === 'match')
  matches.sort((x, y) => y.strength - x.strength || (order([x.a, x.b]) < order([y.a, y.b]) ? -1 : 1))
  for (const { a, b } of matches) {
    const [A, B] = [setOf(a), setOf(b)]
    if (A !== B && !isNever(A, B) && !(isProtected(A) && isProtected(B)) && !isOverLimit(A, B) && !isBroken(A, B))
      join(A, B)
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
  test('a pair that a person linked is in one cluster unless other decisions stand against it', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { clusters, refused } = run(graph)
        for (const [a, b] of graph.constraints.alwaysLink) {
          if (clusters.some((members) => members.includes(a) && members.includes(b))) continue
          expect(graph.constraints.neverLink).not.toEqual([])
          expect(refused.map(({ reason }) => reason)).toContain('never_link')
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
          const parted = graph.constraints.neverLink.map(([x, y]) => endsOf(x, y))
          if (verdict === 'review' && parted.includes(endsOf(a, b))) continue
          expect(refused.map((item) => endsOf(item.a, item.b))).toContain(endsOf(a, b))
        }
      }),
    )
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
