import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PEERS, PYTHON, writePeerPeople } from './peer-people.ts'
import { runOnefold } from './run-onefold.ts'

/**
 * A million people end to end (read, train, block, score, cluster, write) by `onefold dedupe`, before and after Splink in
 * the same run, so that a machine that grows faster or slower favours neither. Splink runs where its script and a Python
 * that has it are found (`ONEFOLD_PEERS`, else ../shared/peers; the Python in `ONEFOLD_PEERS_PYTHON`, else
 * .venv-peers/bin/python beside the scripts).
 */
export async function benchResolve(scale: number): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-resolve-'))
  try {
    const file = join(folder, 'people.csv')
    const records = Math.round(1_000_000 * scale)
    if (!writePeerPeople(file, records)) return { skipped: 'no peers' }
    const report = join(folder, 'report.json')
    const dedupe = ['dedupe', file, '--out', join(folder, 'clusters.csv')]
    // Neither side's time has the comparison with the truth in it.
    const timed = [...dedupe, '--ignore', 'entity']
    const before = await runOnefold(folder, timed)
    const splink = runSplink(file)
    const after = await runOnefold(folder, timed)
    const seconds = (before.seconds + after.seconds) / 2
    const ratio = splink === undefined ? undefined : Number((splink.seconds.total / seconds).toFixed(2))
    await runOnefold(folder, [...dedupe, '--truth', 'entity', '--report', report])
    const { truth, candidatePairs, clusters } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, unknown>
    return {
      records,
      seconds: Number(seconds.toFixed(1)),
      runs: [before.seconds, after.seconds],
      nodeMiB: Math.max(before.memory.nodeMiB, after.memory.nodeMiB),
      candidatePairs,
      clusters,
      truth,
      splink,
      ratio,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runSplink(file: string): { readonly seconds: { readonly total: number } } | undefined {
  if (!existsSync(PYTHON)) {
    process.stderr.write(`No Python with Splink at ${PYTHON}: Onefold is measured alone.\n`)
    return undefined
  }
  const said = execFileSync(resolve(PYTHON), [resolve(PEERS, 'splink_bench.py'), 'people', '--csv', file])
  return JSON.parse(said.toString()) as { readonly seconds: { readonly total: number } }
}
