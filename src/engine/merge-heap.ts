/** A merge that was worth it when it was offered: two clusters by their first row, and the versions they had. */
export interface Merge {
  readonly mean: number
  readonly a: number
  readonly b: number
  readonly versionA: number
  readonly versionB: number
}

export interface MergeHeap {
  readonly push: (merge: Merge) => void
  readonly pop: () => Merge | undefined
}

/** Hands out the highest mean first; among equals the one whose rows come first by `rankOf`, so that no order of input shows. */
export function openMergeHeap(rankOf: Int32Array): MergeHeap {
  const heap: Merge[] = []
  const isAbove = (x: Merge, y: Merge): boolean => {
    if (x.mean !== y.mean) return x.mean > y.mean
    const byA = rankOf[x.a]! - rankOf[y.a]!
    return byA === 0 ? rankOf[x.b]! < rankOf[y.b]! : byA < 0
  }
  const swap = (x: number, y: number): void => {
    const kept = heap[x]!
    heap[x] = heap[y]!
    heap[y] = kept
  }
  return {
    push: (merge) => {
      heap.push(merge)
      for (let at = heap.length - 1; at > 0;) {
        const up = (at - 1) >> 1
        if (!isAbove(heap[at]!, heap[up]!)) return
        swap(at, up)
        at = up
      }
    },
    pop: () => {
      const top = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || last === undefined) return top
      heap[0] = last
      for (let at = 0; ;) {
        let best = at
        for (let down = 2 * at + 1; down <= 2 * at + 2; down++) {
          if (down < heap.length && isAbove(heap[down]!, heap[best]!)) best = down
        }
        if (best === at) return top
        swap(at, best)
        at = best
      }
    },
  }
}
