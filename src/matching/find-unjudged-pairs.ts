import { createPartition } from '../identity/partition.ts'

/**
 * All pairs within each group connected by matches, for groups of 3 to `maxGroup` records: those to judge as well,
 * so that two people bridged by a record that fits both contradict each other openly. A function of the matches as
 * a set; includes pairs judged before. Sorted. Larger groups give none, for the number grows with the square.
 */
export function findUnjudgedPairs(
  recordCount: number,
  matches: readonly (readonly [number, number])[],
  maxGroup: number,
): readonly (readonly [number, number])[] {
  const partition = createPartition(recordCount)
  for (const [left, right] of matches) {
    const rootA = partition.find(left)
    const rootB = partition.find(right)
    if (rootA !== rootB) partition.join(rootA, rootB)
  }
  const pairs: [number, number][] = []
  const seen = new Set<number>()
  for (const [left] of matches) {
    const root = partition.find(left)
    if (seen.has(root)) continue
    seen.add(root)
    if (partition.size(root) < 3 || partition.size(root) > maxGroup) continue
    const members: number[] = []
    for (let node = partition.firstMember(root); node >= 0; node = partition.nextMember(node)) members.push(node)
    members.sort((x, y) => x - y)
    for (const [i, low] of members.entries()) {
      for (const high of members.slice(i + 1)) pairs.push([low, high])
    }
  }
  return pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1])
}
