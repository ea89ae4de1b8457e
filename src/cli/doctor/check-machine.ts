import { statSync } from 'node:fs'
import type { Environment } from '../../config/environment.ts'
import type { HomeState } from '../../runtime/inspect-home.ts'
import type { Finding } from './finding.ts'

/** `engines` of package.json. */
const MIN_NODE = [20, 19] as const
/** The write-ahead log alone may grow to 2 GB (`max_wal_size` of the embedded server). */
const SCARCE_BYTES = 4e9
/** A PostgreSQL that runs out of disk stops. */
const TOO_FEW_BYTES = 5e8

/** Node, the home folder, its disk and the master key: what can be seen without a database. */
export function checkMachine(environment: Environment, home: HomeState, nodeVersion: string): Finding[] {
  return [checkNode(nodeVersion), checkHome(environment, home), checkDisk(home.freeBytes), checkKey(environment, home)]
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isNew = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])
  return isNew
    ? { check: 'node', verdict: 'ok', message: `Node ${version}` }
    : {
        check: 'node',
        verdict: 'fail',
        message: `Node ${version} is too old`,
        next: `Install Node ${MIN_NODE.join('.')} or newer.`,
      }
}

function checkHome({ home: folder, databaseUrl }: Environment, home: HomeState): Finding {
  const check = 'home'
  if (!home.exists) {
    const message =
      databaseUrl === undefined
        ? `There is no home at ${folder} yet`
        : `There is no home at ${folder}; DATABASE_URL needs none`
    const isFile = statSync(folder, { throwIfNoEntry: false }) !== undefined
    if (isFile)
      return { check, verdict: 'fail', message: `${folder} is no folder`, next: 'Set ONEFOLD_HOME to a folder.' }
    return databaseUrl === undefined
      ? { check, verdict: 'warn', message, next: '`onefold demo` or the first `onefold ingest` makes it.' }
      : { check, verdict: 'ok', message }
  }
  if (!home.writable)
    return {
      check,
      verdict: 'fail',
      message: `${folder} cannot be written`,
      next: 'Run as the user who owns it, or set ONEFOLD_HOME.',
    }
  if (home.isOpenToOthers)
    return { check, verdict: 'warn', message: `${folder} is open to other users`, next: `chmod go-rw ${folder}` }
  return { check, verdict: 'ok', message: folder }
}

function checkDisk(freeBytes: number): Finding {
  const check = 'disk'
  const message = `${(freeBytes / 1e9).toFixed(1)} GB free`
  if (freeBytes < TOO_FEW_BYTES)
    return { check, verdict: 'fail', message, next: 'Free disk space before anything else.' }
  if (freeBytes < SCARCE_BYTES)
    return { check, verdict: 'warn', message, next: 'Free some: the log of changes alone may take 2 GB.' }
  return { check, verdict: 'ok', message }
}

function checkKey(environment: Environment, { masterKey }: HomeState): Finding {
  const check = 'master key'
  if (environment.masterKey !== undefined) return { check, verdict: 'ok', message: 'from ONEFOLD_MASTER_KEY' }
  if (masterKey === undefined)
    return {
      check,
      verdict: 'warn',
      message: 'There is no master key yet',
      next: 'It is made with the home; back it up then.',
    }
  const { file, isPrivate, isReadable } = masterKey
  if (!isReadable)
    return { check, verdict: 'fail', message: `${file} cannot be read`, next: 'Run as the user who owns it.' }
  if (!isPrivate)
    return { check, verdict: 'fail', message: `${file} can be read by other users`, next: `chmod 600 ${file}` }
  return { check, verdict: 'ok', message: `${file}; keep a backup of it apart from the database` }
}
