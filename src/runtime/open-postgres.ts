import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'
import type { ServerAddress } from './connect-owner.ts'
import { ensureDatabases } from './ensure-databases.ts'
import { explainPostgresFailure } from './explain-postgres-failure.ts'
import { findLivingHolders } from './find-living-holders.ts'
import { findPostgresBinaries } from './find-postgres-binaries.ts'
import { findRunningServer } from './find-running-server.ts'
import { initCluster, OWNER } from './init-cluster.ts'
import { loadPassword } from './load-password.ts'
import { locateCluster } from './locate-cluster.ts'
import { prepareBinaries } from './prepare-binaries.ts'
import { registerHolder } from './register-holder.ts'
import { requireSameVersion } from './require-same-version.ts'
import { startServer } from './start-server.ts'
import { stopServer } from './stop-server.ts'
import { withStartLock } from './with-start-lock.ts'

export interface OpenPostgresOptions {
  /** Milliseconds for each step that waits: the lock, the start, the stop. 120,000 unless told. */
  readonly timeoutMs?: number
  /** PostgreSQL settings that win over ours, for a server that this call starts. */
  readonly settings?: Readonly<Record<string, string>>
  /** The one TCP port to use, for a server that this call starts. */
  readonly port?: number
  /** A folder with `bin`, `lib` and `share` to use instead of the one npm installed, and its version. */
  readonly binaries?: { readonly folder: string; readonly version: string }
}

/** What both drivers (`postgres` and `pg`) take to connect; `host` may be a folder, and may hold blanks. */
export interface OwnerConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface PostgresHandle {
  /** Folder of the unix socket; empty on Windows. */
  readonly socketDir: string
  /** Always 127.0.0.1. */
  readonly host: string
  readonly port: number
  readonly ownerUser: string
  readonly ownerPassword: string
  /** TCP address with password. No URL spelling of a unix socket is understood by both `postgres` and `pg`. */
  ownerUrl(database: string): string
  /** Through the unix socket, about 15 % more queries a second than TCP (measured 2026, `select 1`). */
  ownerConnection(database: string): OwnerConnection
  /** Lets go; the last living holder stops the server. Safe to call repeatedly. Close your connections first. */
  release(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 120_000

/** SQLSTATE of PostgreSQL. */
const DISK_FULL = '53100'

/**
 * Opens the PostgreSQL server that belongs to a home folder, and holds it until `release`.
 * The first call makes the cluster, the users' password and the databases `onefold` and `onefold_queue`; later
 * calls, from any process, adopt the running server or start it again. There is never a second server on one home,
 * and the server outlives the process that started it. After kill -9 of a holder or of the server, the next call
 * recovers. Throws OnefoldError of kind `store`: `postgres.no_space`, `.permission`, `.foreign_version`,
 * `.unsupported_platform`, `.port_taken`, `.password_lost`, `.locked`, `.start_failed`.
 */
export async function openPostgres(home: string, options: OpenPostgresOptions = {}): Promise<PostgresHandle> {
  try {
    return await open(home, options)
  } catch (error) {
    throw translate(error)
  }
}

async function open(home: string, options: OpenPostgresOptions): Promise<PostgresHandle> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const folder = await makeFolder(home)
  const lockFile = join(folder, 'start.lock')
  return withStartLock(lockFile, timeoutMs, async () => {
    const place = await locateCluster(folder)
    const shipped = options.binaries ?? findPostgresBinaries()
    const binaries = await prepareBinaries(shipped, place)
    const exists = await requireSameVersion(place.dataFolder, shipped.version)
    if (!exists) await initCluster(place, binaries)
    const unregister = await registerHolder(place.holdersFolder)
    const letGo = async (): Promise<void> => {
      await unregister()
      if ((await findLivingHolders(place.holdersFolder)).length === 0) await stopServer(place, binaries, timeoutMs)
    }
    const startOptions = { timeoutMs, settings: options.settings ?? {}, port: options.port }
    let answers = false
    try {
      const server = (await findRunningServer(place, timeoutMs)) ?? (await startServer(place, binaries, startOptions))
      answers = true
      await ensureDatabases(place, server)
      const password = await loadPassword(place.passwordFile)
      return composeHandle(server, password, () => withStartLock(lockFile, timeoutMs, letGo))
    } catch (error) {
      // A server that is slow to recover is left running: stopping it would begin its recovery anew.
      await (answers ? letGo() : unregister())
      throw error
    }
  })
}

function composeHandle(server: ServerAddress, password: string, letGo: () => Promise<void>): PostgresHandle {
  const host = '127.0.0.1'
  const { port, socketFolder } = server
  let released: Promise<void> | undefined
  return {
    socketDir: socketFolder,
    host,
    port,
    ownerUser: OWNER,
    ownerPassword: password,
    ownerUrl: (database) => `postgres://${OWNER}:${password}@${host}:${port}/${encodeURIComponent(database)}`,
    ownerConnection: (database) => ({ host: socketFolder || host, port, user: OWNER, password, database }),
    release: () => (released ??= letGo().catch((error: unknown) => Promise.reject(translate(error)))),
  }
}

/** `<home>/postgres`, free of symbolic links, so that a home has one identity. */
async function makeFolder(home: string): Promise<string> {
  const folder = join(home, 'postgres')
  await mkdir(home, { recursive: true })
  // Root's server runs as another user, who must be able to walk through.
  await mkdir(folder, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return realpath(folder)
}

function translate(error: unknown): unknown {
  if (error instanceof OnefoldError) return error
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (code === DISK_FULL) return explainPostgresFailure('ENOSPC: create database')
  if (code === undefined || syscall === undefined) return error
  return explainPostgresFailure(`${code}: ${syscall}`, path === undefined ? {} : { path })
}
