import type { IndexedGraph } from './index-graph.ts'

/** How many different values of each limited kind a cluster holds. */
export interface IdentifierLimits {
  /**
   * Whether the union would hold more values of a kind than allowed, and more than either side holds already: a
   * single record that carries too many, or a person's link, must not forbid every later merge.
   */
  readonly exceeds: (rootA: number, rootB: number) => boolean
  readonly join: (rootA: number, rootB: number, root: number) => void
}

/** Counts only kinds that have a limit; clusters hold short sorted lists of numbered values. */
export function createLimits(graph: IndexedGraph, maxPerProfile: Readonly<Record<string, number>>): IdentifierLimits {
  const kinds = Object.keys(maxPerProfile).sort()
  const numberOf = new Map<string, number>()
  const kindOf: number[] = []
  const valuesOf: (readonly number[] | undefined)[] = []
  for (let node = 0; node < graph.ids.length; node++) {
    const values = new Set<number>()
    for (const { kind, value } of graph.identifiersOf(node)) {
      const kindNumber = kinds.indexOf(kind)
      if (kindNumber < 0) continue
      const text = `${kind}:${value}`
      const known = numberOf.get(text)
      if (known === undefined) {
        numberOf.set(text, kindOf.length)
        values.add(kindOf.length)
        kindOf.push(kindNumber)
      } else values.add(known)
    }
    valuesOf.push(values.size === 0 ? undefined : [...values].sort((x, y) => x - y))
  }
  const countKinds = (values: readonly number[]): number[] => {
    const counts = new Array<number>(kinds.length).fill(0)
    for (const value of values) counts[kindOf[value]!]!++
    return counts
  }
  return {
    exceeds: (rootA, rootB) => {
      const valuesA = valuesOf[rootA]
      const valuesB = valuesOf[rootB]
      if (valuesA === undefined || valuesB === undefined) return false
      const countsA = countKinds(valuesA)
      const countsB = countKinds(valuesB)
      return countKinds(uniteSorted(valuesA, valuesB)).some((count, kind) => {
        const max = maxPerProfile[kinds[kind]!] ?? Infinity
        return count > Math.max(max, countsA[kind]!, countsB[kind]!)
      })
    },
    join: (rootA, rootB, root) => {
      if (valuesOf[rootA] === undefined && valuesOf[rootB] === undefined) return
      const united = uniteSorted(valuesOf[rootA] ?? [], valuesOf[rootB] ?? [])
      valuesOf[rootA] = undefined
      valuesOf[rootB] = undefined
      valuesOf[root] = united
    },
  }
}

function uniteSorted(a: readonly number[], b: readonly number[]): readonly number[] {
  const united: number[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const x = a[i] ?? Infinity
    const y = b[j] ?? Infinity
    united.push(Math.min(x, y))
    if (x <= y) i++
    if (y <= x) j++
  }
  return united
}
