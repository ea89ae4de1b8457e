/** Disjoint sets over 0 … n−1 whose members can be walked. */
export interface Partition {
  /** The root of the set the node is in. */
  readonly find: (node: number) => number
  /** Joins two different sets, given by their roots; returns the root of the union, one of the two. */
  readonly join: (rootA: number, rootB: number) => number
  readonly size: (root: number) => number
  /** Members of a set in no particular order: from `firstMember` on by `nextMember`, until -1. */
  readonly firstMember: (root: number) => number
  readonly nextMember: (node: number) => number
  /** The sets as sorted lists, sorted by their first; `ids` must be in ascending order. */
  readonly clusters: (ids: readonly string[]) => readonly (readonly string[])[]
}

/**
 * Every node alone. Union by size with path halving (Tarjan & van Leeuwen 1984): near constant per step. Members
 * are linked lists in typed arrays, appended in constant time, so a million singles cost no objects.
 */
export function createPartition(count: number): Partition {
  const parent = Uint32Array.from({ length: count }, (_, node) => node)
  const sizes = new Uint32Array(count).fill(1)
  const last = Uint32Array.from(parent)
  const next = new Int32Array(count).fill(-1)
  const find = (node: number): number => {
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]!]!
      node = parent[node]!
    }
    return node
  }
  return {
    find,
    join: (rootA, rootB) => {
      const [large, small] = sizes[rootA]! >= sizes[rootB]! ? [rootA, rootB] : [rootB, rootA]
      parent[small] = large
      sizes[large]! += sizes[small]!
      // A set's list starts at its root, because the root never becomes part of another while it is one.
      next[last[large]!] = small
      last[large] = last[small]!
      return large
    },
    size: (root) => sizes[root]!,
    firstMember: (root) => root,
    nextMember: (node) => next[node]!,
    clusters: (ids) => {
      const clusterOfRoot = new Int32Array(count).fill(-1)
      const clusters: string[][] = []
      for (let node = 0; node < count; node++) {
        const root = find(node)
        const known = clusterOfRoot[root]!
        if (known >= 0) clusters[known]!.push(ids[node]!)
        else {
          clusterOfRoot[root] = clusters.length
          clusters.push([ids[node]!])
        }
      }
      return clusters
    },
  }
}
