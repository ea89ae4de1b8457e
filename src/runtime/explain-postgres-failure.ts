import { OnefoldError } from '../errors.ts'

/** How many lines of PostgreSQL's own words an error repeats. */
const QUOTED_LINES = 3

/**
 * Turns what PostgreSQL's programs wrote (or the file system's error code) into the error a person can act on.
 * Codes: `postgres.no_space`, `postgres.permission`, `postgres.foreign_version`, `postgres.port_taken`,
 * `postgres.unsupported_platform`, else `postgres.start_failed`. The message repeats only lines that a starting
 * server writes about itself; those name folders and ports, never rows.
 */
export function explainPostgresFailure(output: string, details: Record<string, string | number> = {}): OnefoldError {
  const [code, text, hint] = EXPLANATIONS.find(([, , , pattern]) => pattern.test(output)) ?? UNEXPLAINED
  const lines = ownWords(output)
  const message = lines.length === 0 ? text : `${text}: ${lines.join(' | ')}`
  return new OnefoldError('store', code, message, { details, hint, retryable: code === 'postgres.port_taken' })
}

type Explanation = readonly [code: string, text: string, hint: string, pattern: RegExp]

const EXTERNAL = 'Set DATABASE_URL to a PostgreSQL server of your own (version 15 to 18).'

const EXPLANATIONS: readonly Explanation[] = [
  [
    'postgres.no_space',
    'The disk is full, PostgreSQL cannot write',
    'Free some space (a new database needs 100 MB) or choose another home folder, then start again.',
    /No space left on device|wrote only \d+ of \d+ bytes|ENOSPC|EDQUOT|Disk quota exceeded/,
  ],
  [
    'postgres.port_taken',
    'Another program listens on the database port',
    'Choose another port, or stop the other program.',
    /could not bind|could not create any TCP\/IP sockets|Address already in use/,
  ],
  [
    'postgres.foreign_version',
    'The database was made by another PostgreSQL version',
    'Use the onefold release that made it, export there, and import into a new home folder.',
    /not compatible with this version|initialized by PostgreSQL version|files are incompatible with server/,
  ],
  [
    'postgres.unsupported_platform',
    'The PostgreSQL programs cannot run on this system',
    EXTERNAL,
    /error while loading shared libraries|GLIBC_|Exec format error|ENOEXEC/,
  ],
  [
    'postgres.permission',
    'PostgreSQL may not use its folder',
    'Run onefold as the user who started it first, or give that user the home folder.',
    /Permission denied|EACCES|EPERM|EROFS|Operation not permitted|Read-only file system|has wrong ownership/,
  ],
]

const UNEXPLAINED: Explanation = [
  'postgres.start_failed',
  'PostgreSQL did not start',
  `See the server's log. ${EXTERNAL}`,
  /^/,
]

function ownWords(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim())
  const grave = lines.filter((line) =>
    /\b(?:FATAL|PANIC): |^(?:initdb|pg_ctl|postgres): error: |error while loading/.test(line),
  )
  return (grave.length > 0 ? grave : lines.filter((line) => /\bLOG: |\bE[A-Z]{3,}:/.test(line))).slice(-QUOTED_LINES)
}
