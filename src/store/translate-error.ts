import postgres from 'postgres'
import { OnefoldError } from '../errors.ts'

const BY_STATE: Readonly<Record<string, { code: string; retryable: boolean; hint?: string }>> = {
  '23505': { code: 'store.already_there', retryable: false },
  '23503': { code: 'store.reference_missing', retryable: false },
  '23514': { code: 'store.check_failed', retryable: false },
  '40001': { code: 'store.serialization', retryable: true },
  '40P01': { code: 'store.deadlock', retryable: true },
  '53100': {
    code: 'store.no_space',
    retryable: false,
    hint: 'Free disk space for the database, then run the command again.',
  },
  '53300': { code: 'store.too_many_connections', retryable: true },
  '57P01': { code: 'store.connection_lost', retryable: true },
  '57P02': { code: 'store.connection_lost', retryable: true },
  '57P03': { code: 'store.starting_up', retryable: true },
  '55P03': { code: 'store.lock_not_available', retryable: true },
  '28P01': { code: 'store.wrong_password', retryable: false, hint: 'Check user and password in DATABASE_URL.' },
  '3D000': {
    code: 'store.no_database',
    retryable: false,
    hint: 'Create the database, or correct its name in DATABASE_URL.',
  },
  '42501': {
    code: 'store.not_allowed',
    retryable: false,
    hint: 'Grant the role of DATABASE_URL the right to do this.',
  },
  '42P01': { code: 'store.not_migrated', retryable: false, hint: 'Run `onefold migrate` first.' },
}

/** What the system says of files, in words; the path is the person's own. */
const FILE_REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by this user',
  EPERM: 'may not be used by this user',
  EROFS: 'is on a file system that is read-only',
  ENOENT: 'does not exist, or its folder does not',
  ENOTDIR: 'lies below something that is no folder',
  EISDIR: 'is a folder',
  ENOSPC: 'does not fit: the disk is full',
}

const LOST_CONNECTION = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])

/**
 * Turns whatever was thrown into a OnefoldError. Database errors keep SQLSTATE, table and constraint and lose
 * message, detail and parameters, which hold values of records. Anything unknown keeps only its class name.
 */
export function translateError(thrown: unknown): OnefoldError {
  if (thrown instanceof OnefoldError) return thrown
  if (thrown instanceof postgres.PostgresError) {
    const known = BY_STATE[thrown.code] ?? {
      code: `store.sqlstate_${thrown.code}`,
      retryable: thrown.code.startsWith('08'),
    }
    const details: Record<string, string> = { sqlstate: thrown.code }
    if (thrown.table_name) details['table'] = thrown.table_name
    if (thrown.constraint_name) details['constraint'] = thrown.constraint_name
    if (thrown.routine) details['routine'] = thrown.routine
    return new OnefoldError('store', known.code, `The database refused with SQLSTATE ${thrown.code}.`, {
      retryable: known.retryable,
      details,
      ...(known.hint === undefined ? {} : { hint: known.hint }),
    })
  }
  const { code, path, syscall } = (thrown ?? {}) as { code?: unknown; path?: unknown; syscall?: unknown }
  const refusal = typeof code === 'string' ? FILE_REFUSALS[code] : undefined
  // A socket has a path, too.
  if (refusal !== undefined && typeof path === 'string' && syscall !== 'connect') {
    return new OnefoldError('settings', 'file.refused', `The path ${refusal}.`, {
      retryable: true,
      details: { path, reason: code as string },
      hint: 'Give another path (ONEFOLD_HOME is the home), or let this user use it.',
      cause: thrown,
    })
  }
  if (typeof code === 'string' && LOST_CONNECTION.has(code)) {
    return new OnefoldError('store', 'store.connection_lost', 'The connection to the database or queue was lost.', {
      retryable: true,
      details: { reason: code },
      hint: 'Check that the server is running and that DATABASE_URL (and REDIS_URL) point to it.',
    })
  }
  const name = thrown instanceof Error ? thrown.constructor.name : typeof thrown
  return new OnefoldError('invariant', 'unexpected', `An unexpected ${name} was thrown.`, {
    retryable: true,
    details: { name, place: firstOwnFrame(thrown) },
  })
}

/** The file and line of our own code where it was thrown: enough to find it, and no message text. */
function firstOwnFrame(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  const frame = stack
    .split('\n')
    .find((line) => /\/(src|jobs|schema)\/.*:\d+:\d+/.test(line) && !line.includes('node_modules'))
  return frame === undefined ? 'unknown' : frame.replace(/^.*\/((?:src|jobs|schema)\/[^)]*).*$/, '$1')
}
