import { dirname } from 'node:path'
import pino from 'pino'
import { readEnvironment, type Environment } from '../config/environment.ts'
import { loadSettings, type LoadedSettings } from '../config/load-settings.ts'
import type { QueueConnection } from '../../jobs/queues.ts'
import { OnefoldError } from '../errors.ts'
import { openApplication, type Application } from '../runtime/open-application.ts'

/** A command's view of the program: settings, environment, and the application when it needs the database. */
export interface Session extends Application {
  readonly environment: Environment
  readonly loaded: LoadedSettings
  readonly queueConnection: QueueConnection
}

export interface SessionOptions {
  /** Log warnings only. */
  readonly quiet?: boolean
  readonly idleInTransactionMs?: number
  /** Another home than the environment's. */
  readonly home?: string
}

/**
 * Opens the application for one command: settings of the current folder, home and addresses of the environment.
 * Logs go to stderr as JSON lines; commands for people keep them to warnings.
 */
export async function openSession(role: string, options: SessionOptions = {}): Promise<Session> {
  const environment = { ...readEnvironment(), ...(options.home === undefined ? {} : { home: options.home }) }
  if (!Object.hasOwn(pino.levels.values, environment.logLevel)) {
    throw new OnefoldError('settings', 'log_level.unknown', `ONEFOLD_LOG has no level ${environment.logLevel}.`, {
      hint: `Levels are: ${Object.keys(pino.levels.values).join(', ')}.`,
    })
  }
  const loaded = await loadSettings(process.cwd())
  const level = options.quiet === true && environment.logLevel === 'info' ? 'error' : environment.logLevel
  const logger = pino({ level, base: { role, pid: process.pid } }, pino.destination(2))
  const application = await openApplication(environment, loaded.settings, {
    role,
    ...(options.idleInTransactionMs === undefined ? {} : { idleInTransactionMs: options.idleInTransactionMs }),
    log: {
      info: (fields, message) => logger.info(fields, message),
      warn: (fields, message) => logger.warn(fields, message),
    },
  })
  const queueConnection: QueueConnection =
    environment.redisUrl === undefined
      ? { backend: 'postgres', database: application.database.queue }
      : { backend: 'redis', url: environment.redisUrl }
  if (application.masterKey.isNew && application.masterKey.file !== undefined) {
    process.stderr.write(
      `A new master key was made: ${application.masterKey.file}\n` +
        `Back up this file apart from the database (folder ${dirname(application.masterKey.file)}): without it no sealed value can ever be opened.\n`,
    )
  }
  return { ...application, environment, loaded, queueConnection }
}

/** Opens a session, runs `action`, and closes whatever happened. */
export async function withSession<T>(
  role: string,
  action: (session: Session) => Promise<T>,
  options: SessionOptions = { quiet: true },
): Promise<T> {
  const session = await openSession(role, options)
  try {
    return await action(session)
  } finally {
    await session.close()
  }
}
