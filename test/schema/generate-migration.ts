import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const MIGRATIONS = join(ROOT, 'schema', 'migrations')

const KIT = join(dirname(createRequire(import.meta.url).resolve('drizzle-kit')), 'bin.cjs')

export interface Drift {
  /** Migrations that drizzle-kit would add to those in the checkout. */
  readonly added: readonly string[]
  /** What it said. A renamed column makes it ask, and having nobody to ask it ends without a file and without a failure. */
  readonly said: string
}

/** Asks drizzle-kit what is missing between the migrations and these tables, on a copy of the migrations. */
export async function generateMigration(tables: string): Promise<Drift> {
  const folder = await mkdtemp(join(tmpdir(), 'onefold-drift-'))
  try {
    await cp(MIGRATIONS, folder, { recursive: true })
    const words = ['generate', '--dialect=postgresql', `--schema=${tables}`, '--name=drift']
    // drizzle-kit takes the folder of migrations as relative, whatever it is.
    const run = promisify(execFile)(process.execPath, [KIT, ...words, `--out=${relative(ROOT, folder)}`], { cwd: ROOT })
    run.child.stdin?.end()
    const { stdout, stderr } = await run
    const before = new Set(await readdir(MIGRATIONS))
    return { added: (await readdir(folder)).filter((name) => !before.has(name)), said: stdout + stderr }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
