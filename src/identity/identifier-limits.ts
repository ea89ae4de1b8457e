import { countWithin } from './count-within.ts'
import type { IdentifierLimit, IndexedGraph } from './index-graph.ts'

/** How many different values of each limited kind a cluster holds. */
export interface IdentifierLimits {
  /**
   * Whether the union would hold more values of a kind than allowed, and more than either side holds already: a
   * single record that carries too many, or a person's link, must not forbid every later merge.
   */
  readonly exceeds: (rootA: number, rootB: number) => boolean
  readonly join: (rootA: number, rootB: number, root: number) => void
}

/** A value of a limited kind, and where its kind counts within a window the time it was carried at. */
interface Mark {
  readonly kind: number
  readonly value: string
  readonly atMs: number
}

/** Counts only kinds that have a limit; clusters hold short sorted lists of numbered marks. */
export function createLimits(graph: IndexedGraph, limits: Readonly<Record<string, IdentifierLimit>>): IdentifierLimits {
  const kinds = Object.keys(limits).sort()
  const limitOf = kinds.map((kind) => limits[kind]!)
  const numberOf = new Map<string, number>()
  const marks: Mark[] = []
  const marksOf: (readonly number[] | undefined)[] = []
  for (let node = 0; node < graph.ids.length; node++) {
    const numbers = new Set<number>()
    for (const { kind: name, value } of graph.identifiersOf(node)) {
      const kind = kinds.indexOf(name)
      if (kind < 0) continue
      const atMs = limitOf[kind]!.withinMs === undefined ? Number.NaN : graph.timeOf(node)
      const text = `${kind}:${atMs}:${value}`
      const number = numberOf.get(text) ?? marks.length
      if (number === marks.length) {
        numberOf.set(text, number)
        marks.push({ kind, value, atMs })
      }
      numbers.add(number)
    }
    marksOf.push(numbers.size === 0 ? undefined : [...numbers].sort((x, y) => x - y))
  }
  const count = (numbers: readonly number[], kind: number): number => {
    const { withinMs } = limitOf[kind]!
    const ofKind = numbers.map((number) => marks[number]!).filter((mark) => mark.kind === kind)
    return withinMs === undefined ? ofKind.length : countWithin(ofKind, withinMs)
  }
  return {
    exceeds: (rootA, rootB) => {
      const ofA = marksOf[rootA]
      const ofB = marksOf[rootB]
      if (ofA === undefined || ofB === undefined) return false
      const united = uniteSorted(ofA, ofB)
      return limitOf.some(({ most }, kind) => {
        if (united.length <= most) return false
        const together = count(united, kind)
        return together > most && together > count(ofA, kind) && together > count(ofB, kind)
      })
    },
    join: (rootA, rootB, root) => {
      if (marksOf[rootA] === undefined && marksOf[rootB] === undefined) return
      const united = uniteSorted(marksOf[rootA] ?? [], marksOf[rootB] ?? [])
      marksOf[rootA] = undefined
      marksOf[rootB] = undefined
      marksOf[root] = united
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
