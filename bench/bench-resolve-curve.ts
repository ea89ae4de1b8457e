import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runOnefold, type CommandRun } from './run-onefold.ts'

const SIZES = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000]

/** How the cost of a record changes from 100,000 to 10,000,000 people, end to end by `onefold dedupe`. */
export async function benchResolveCurve(scale: number): Promise<Record<string, unknown>> {
  const maker = join(process.env['ONEFOLD_PEERS'] ?? '../shared/peers', 'make-people.mjs')
  if (!existsSync(maker)) {
    process.stderr.write('No make-people.mjs; set ONEFOLD_PEERS.\n')
    return { skipped: 'no peers' }
  }
  const curve = []
  for (const size of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'onefold-curve-'))
    try {
      const records = Math.round(size * scale)
      const file = join(folder, 'people.csv')
      execFileSync(process.execPath, [resolve(maker), '--records', String(records), '--seed', '1', '--out', file])
      const report = join(folder, 'report.json')
      const out = join(folder, 'clusters.csv')
      const run = await runOnefold(folder, ['dedupe', file, '--truth', 'entity', '--out', out, '--report', report])
      const { truth, candidatePairs } = JSON.parse(readFileSync(report, 'utf8')) as {
        readonly truth: { readonly f1: number }
        readonly candidatePairs: number
      }
      curve.push({
        records,
        seconds: run.seconds,
        microsecondsARecord: Number(((run.seconds * 1e6) / records).toFixed(1)),
        candidatePairs,
        pairsASecondAndCore: ratePairs(run, candidatePairs),
        nodeMiB: run.memory.nodeMiB,
        f1: Number(truth.f1.toFixed(4)),
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return { curve }
}

/** Pairs found and compared in the seconds that step took, by core; undefined where a run was over too soon to tell. */
function ratePairs({ stderr }: CommandRun, pairs: number): number | undefined {
  const beganAt = (step: string): number => Number(new RegExp(`^${step} .*?([\\d.]+) s so far`, 'm').exec(stderr)?.[1])
  const seconds = beganAt('train') - beganAt('compare pairs')
  return Number.isNaN(seconds) ? undefined : Math.round(pairs / seconds / availableParallelism())
}
