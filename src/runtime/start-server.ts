import { spawn, type ChildProcess } from 'node:child_process'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { OnefoldError } from '../errors.ts'
import type { ServerAddress } from './connect-owner.ts'
import { explainPostgresFailure } from './explain-postgres-failure.ts'
import { findFreePort } from './find-free-port.ts'
import { isPostmasterOf } from './is-postmaster-of.ts'
import type { ClusterPlace } from './locate-cluster.ts'
import { pollUntil } from './poll-until.ts'
import type { PostgresBinaries } from './prepare-binaries.ts'
import { prepareSocketFolder } from './prepare-socket-folder.ts'
import { readPostmasterPid } from './read-postmaster-pid.ts'
import { runBehind } from './run-behind.ts'
import { SERVER_ENVIRONMENT } from './run-program.ts'
import { serverSettings } from './server-settings.ts'

export interface StartOptions {
  /** Milliseconds until the server must accept connections. */
  readonly timeoutMs: number
  /** PostgreSQL settings that win over ours. */
  readonly settings: Readonly<Record<string, string>>
  /** The one port to use; else the port of the last start if it is free, else any free one. */
  readonly port: number | undefined
}

const LARGEST_LOG_BYTES = 10_000_000

/**
 * Starts the server of a home, detached: it outlives this process. Answers once it accepts connections.
 * After a crash PostgreSQL replays its log here by itself; the stale `postmaster.pid` is its affair too.
 * Throws `postgres.port_taken` when the one allowed port is taken, else what `explainPostgresFailure` says.
 * Call it under the start lock, when `findRunningServer` found none.
 */
export async function startServer(
  place: ClusterPlace,
  binaries: PostgresBinaries,
  { timeoutMs, settings, port: onlyPort }: StartOptions,
): Promise<ServerAddress> {
  const deadline = performance.now() + timeoutMs
  const socketFolder = await prepareSocketFolder(place)
  await turnLog(place.logFile)
  for (;;) {
    await disownStalePid(place.dataFolder)
    const port = await choosePort(place.portFile, onlyPort)
    const failure = await launch(place, binaries, { port, socketFolder, settings, deadline })
    if (failure === undefined) return { port, socketFolder }
    const error = explainPostgresFailure(failure, { logFile: place.logFile })
    const mayPass =
      (error.code === 'postgres.port_taken' && onlyPort === undefined) ||
      // Children of a killed server end by themselves, a moment after it.
      /shared memory block .* is still in use/.test(failure)
    if (!mayPass || performance.now() > deadline) throw error
    if (error.code === 'postgres.port_taken') await rm(place.portFile, { force: true })
    await pause(100)
  }
}

/** Answers what the server said when it ended instead of getting ready. */
async function launch(
  place: ClusterPlace,
  binaries: PostgresBinaries,
  options: { port: number; socketFolder: string; settings: Readonly<Record<string, string>>; deadline: number },
): Promise<string | undefined> {
  const log = await open(place.logFile, 'a', 0o600)
  const { size: logStart } = await log.stat()
  const all = {
    ...serverSettings(options.settings),
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: options.socketFolder === '' ? '' : `"${options.socketFolder.replaceAll('"', '""')}"`,
  }
  const args = ['-D', place.dataFolder, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const server = spawn(binaries.postgres, args, {
    cwd: place.serverFolder,
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...(place.user === undefined ? {} : { uid: place.user.uid, gid: place.user.gid }),
  })
  const ended = watchEnd(server)
  server.unref()
  if (server.pid !== undefined) await runBehind(server.pid, place.serverFolder)
  await log.close()
  const outcome = await pollUntil(
    async () => ended() ?? ((await isReady(place.dataFolder, server.pid)) ? 'ready' : undefined),
    { timeoutMs: Math.max(0, options.deadline - performance.now()), intervalMs: 10 },
  )
  if (outcome === 'ready') return undefined
  if (outcome !== undefined) return `${outcome}\n${(await readFile(place.logFile)).subarray(logStart).toString('utf8')}`
  throw new OnefoldError('store', 'postgres.start_failed', 'The database server is not ready yet', {
    retryable: true,
    details: { logFile: place.logFile },
    hint: 'It may be recovering from a crash and is left running; try again in a minute, or see the server log.',
  })
}

function watchEnd(server: ChildProcess): () => string | undefined {
  let end: string | undefined
  server.once('error', (error: NodeJS.ErrnoException) => (end = `${error.code ?? 'spawn'}: ${error.syscall ?? ''}`))
  server.once('exit', (exitCode, signal) => (end ??= `exit ${exitCode ?? signal}`))
  return () => end
}

async function isReady(dataFolder: string, pid: number | undefined): Promise<boolean> {
  const recorded = await readPostmasterPid(dataFolder)
  return recorded !== undefined && recorded.pid === pid && recorded.status === 'ready'
}

async function choosePort(portFile: string, onlyPort: number | undefined): Promise<number> {
  const last = onlyPort ?? Number(await readFile(portFile, 'utf8').catch(() => '0'))
  const port = (await findFreePort(last)) ?? (onlyPort === undefined ? await findFreePort(0) : undefined)
  if (port === undefined) throw explainPostgresFailure('could not bind', { port: last })
  await writeFile(portFile, String(port))
  return port
}

/**
 * PostgreSQL refuses to start when the id in a stale `postmaster.pid` now belongs to any living process (or to a
 * zombie). It ignores its parent's id, so ours is written there. The file must stay: it also names the shared
 * memory by which PostgreSQL sees whether children of the killed server still write.
 */
async function disownStalePid(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid')
  const recorded = await readPostmasterPid(dataFolder)
  if (recorded === undefined || (await isPostmasterOf(recorded.pid, dataFolder))) return
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, [process.pid, ...rest].join('\n'))
}

async function turnLog(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => undefined)
  if (found !== undefined && found.size > LARGEST_LOG_BYTES) await rename(logFile, `${logFile}.old`)
}
