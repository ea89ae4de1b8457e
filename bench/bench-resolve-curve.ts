import { availableParallelism } from 'node:os'
import { dedupePeerPeople } from './peer-people.ts'
import type { CommandRun } from './run-onefold.ts'

const SIZES = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000]

/** How the cost of a record changes from 100,000 to 10,000,000 people, end to end by `onefold dedupe`. */
export async function benchResolveCurve(scale: number): Promise<Record<string, unknown>> {
  const curve = []
  for (const size of SIZES) {
    const records = Math.round(size * scale)
    const point = await dedupePeerPeople(records, async ({ run, candidatePairs, f1 }) => ({
      records,
      seconds: run.seconds,
      microsecondsARecord: Number(((run.seconds * 1e6) / records).toFixed(1)),
      candidatePairs,
      pairsASecondAndCore: ratePairs(run, candidatePairs),
      nodeMiB: run.memory.nodeMiB,
      f1,
    }))
    if (point === undefined) return { skipped: 'no peers' }
    curve.push(point)
  }
  return { curve }
}

/** Pairs found and compared in the seconds that step took, by core; undefined where a run was over too soon to tell. */
function ratePairs({ stderr }: CommandRun, pairs: number): number | undefined {
  const beganAt = (step: string): number => Number(new RegExp(`^${step} .*?([\\d.]+) s so far`, 'm').exec(stderr)?.[1])
  const seconds = beganAt('train') - beganAt('compare pairs')
  return Number.isNaN(seconds) ? undefined : Math.round(pairs / seconds / availableParallelism())
}
