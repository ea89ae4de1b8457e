import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runOnefold } from './run-onefold.ts'

/**
 * A million people end to end (read, train, block, score, cluster, write) by `onefold dedupe`, and by Splink in the
 * same run where its script and a Python that has it are found (`ONEFOLD_PEERS`, else ../shared/peers; the Python in
 * `ONEFOLD_PEERS_PYTHON`, else .venv-peers/bin/python beside the scripts).
 */
export async function benchResolve(scale: number): Promise<Record<string, unknown>> {
  const peers = process.env['ONEFOLD_PEERS'] ?? '../shared/peers'
  const maker = join(peers, 'make-people.mjs')
  if (!existsSync(maker)) {
    process.stderr.write(`No make-people.mjs at ${peers}; set ONEFOLD_PEERS.\n`)
    return { skipped: 'no peers' }
  }
  const folder = mkdtempSync(join(tmpdir(), 'onefold-resolve-'))
  try {
    const file = join(folder, 'people.csv')
    const records = Math.round(1_000_000 * scale)
    execFileSync(process.execPath, [resolve(maker), '--records', String(records), '--seed', '1', '--out', file])
    const report = join(folder, 'report.json')
    const out = join(folder, 'clusters.csv')
    const run = await runOnefold(folder, ['dedupe', file, '--truth', 'entity', '--out', out, '--report', report])
    const { truth, candidatePairs, clusters } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, unknown>
    const splink = runSplink(peers, file)
    const ratio = splink === undefined ? undefined : Number((splink.seconds.total / run.seconds).toFixed(2))
    return {
      records,
      seconds: run.seconds,
      nodeMiB: run.memory.nodeMiB,
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

function runSplink(peers: string, file: string): { readonly seconds: { readonly total: number } } | undefined {
  const python = process.env['ONEFOLD_PEERS_PYTHON'] ?? join(peers, '.venv-peers', 'bin', 'python')
  if (!existsSync(python)) {
    process.stderr.write(`No Python with Splink at ${python}: Onefold is measured alone.\n`)
    return undefined
  }
  const said = execFileSync(resolve(python), [resolve(peers, 'splink_bench.py'), 'people', '--csv', file])
  return JSON.parse(said.toString()) as { readonly seconds: { readonly total: number } }
}
