import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type CommandRun, runOnefold } from './run-onefold.ts'

/** Where the peers' scripts are looked for: `ONEFOLD_PEERS`, else beside the project. */
export const PEERS = process.env['ONEFOLD_PEERS'] ?? '../shared/peers'

/** A Python that has the peers installed: `ONEFOLD_PEERS_PYTHON`, else the one beside their scripts. */
export const PYTHON = process.env['ONEFOLD_PEERS_PYTHON'] ?? join(PEERS, '.venv-peers', 'bin', 'python')

const MAKER = join(PEERS, 'make-people.mjs')

/** Writes a CSV of so many people with the peers' generator, seed 1; a longer file begins with a shorter one. False, said so, without one. */
export function writePeerPeople(file: string, records: number): boolean {
  if (!existsSync(MAKER)) {
    process.stderr.write(`No make-people.mjs at ${PEERS}; set ONEFOLD_PEERS.\n`)
    return false
  }
  execFileSync(process.execPath, [resolve(MAKER), '--records', String(records), '--seed', '1', '--out', file])
  return true
}

/** What `onefold dedupe` made of people whose truth it did not see. */
export interface DedupedPeople {
  readonly run: CommandRun
  readonly candidatePairs: number
  /** Of all pairs, after closure. */
  readonly f1: number
  readonly file: string
  /** The clusters as written, `record_id,cluster`. */
  readonly out: string
}

/** Dedupes so many people and has the result read before it is removed; undefined without the peers' generator. */
export async function dedupePeerPeople<T>(
  records: number,
  read: (deduped: DedupedPeople) => Promise<T>,
): Promise<T | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'onefold-people-'))
  try {
    const file = join(folder, 'people.csv')
    if (!writePeerPeople(file, records)) return undefined
    const report = join(folder, 'report.json')
    const out = join(folder, 'clusters.csv')
    const run = await runOnefold(folder, ['dedupe', file, '--truth', 'entity', '--out', out, '--report', report])
    const { truth, candidatePairs } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly truth: { readonly f1: number }
      readonly candidatePairs: number
    }
    return await read({ run, candidatePairs, f1: Number(truth.f1.toFixed(4)), file, out })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
