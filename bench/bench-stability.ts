import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { measureClusters } from '../src/engine/measure-clusters.ts'
import { dedupePeerPeople } from './peer-people.ts'

const FOLLOWED = 100_000
const SIZES = [FOLLOWED, 300_000, 1_000_000, 3_000_000, 5_000_000]

/**
 * Whether records stay in the clusters they were in while strangers come and the model is trained anew: the smallest
 * file's records are followed through files that begin with them. Strangers may share a cluster with followed records;
 * only who of these is with whom is compared.
 */
export async function benchStability(scale: number): Promise<Record<string, unknown>> {
  const followed = Math.round(FOLLOWED * scale)
  const steps = []
  let before: readonly number[] | undefined
  for (const size of SIZES) {
    const records = Math.round(size * scale)
    const step = await dedupePeerPeople(records, async ({ f1, file, out }) => ({
      f1,
      entities: await readSecondColumn(file, followed),
      clusters: await readSecondColumn(out, followed),
    }))
    if (step === undefined) return { skipped: 'no peers' }
    const { f1, entities, clusters } = step
    before ??= clusters
    const f1OfFollowed = round(measureClusters(entities, clusters).f1)
    steps.push({ records, f1, f1OfFollowed, ...compare(before, clusters) })
  }
  return { followed, steps }
}

/** How the followed records lie now, beside how they lay among themselves. */
function compare(before: readonly number[], now: readonly number[]): Record<string, number> {
  const { truePairs, foundPairs, recall } = measureClusters(before, now)
  const pairsKept = Math.round(recall * truePairs)
  const sizesBefore = countBy(before)
  const sizesNow = countBy(now)
  const overlaps = countBy(now.map((cluster, row) => `${before[row]} ${cluster}`))
  // A cluster is the same where what it shares with a former one is all of both.
  const same = [...overlaps].filter(([key, size]) => {
    const [old, cluster] = key.split(' ').map(Number) as [number, number]
    return sizesBefore.get(old) === size && sizesNow.get(cluster) === size
  })
  return {
    clusters: sizesNow.size,
    sameShare: round(same.length / sizesBefore.size),
    pairsKept,
    pairsParted: truePairs - pairsKept,
    pairsJoined: foundPairs - pairsKept,
  }
}

function countBy<K>(keys: readonly K[]): Map<K, number> {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** The second column of the first records, by their number in the first: clusters may be written in another order. */
async function readSecondColumn(file: string, records: number): Promise<number[]> {
  const values: number[] = Array.from({ length: records })
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [record, value] = line.split(',', 2).map(Number) as [number, number]
    // Not so in the header, which names no number.
    if (record < records) values[record] = value
  }
  return values
}

function round(share: number): number {
  return Number(share.toFixed(4))
}
