import { startWorker } from '../../../jobs/start-worker.ts'
import { serveApi } from '../../api/serve-api.ts'
import { openSession } from '../open-session.ts'
import { printLine } from '../output.ts'
import { untilAborted } from './worker.ts'

export interface UpOptions {
  readonly concurrency?: number
  readonly host?: string
  readonly port?: number
}

/** Everything in the foreground: database, queue, worker, schedules and HTTP, until Ctrl-C. */
export async function up(options: UpOptions): Promise<number> {
  const session = await openSession('up')
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const { http, sources } = session.loaded.settings
    const running = await startWorker(session.context, session.queueConnection, {
      parts: session.parts,
      schedules: true,
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    })
    const where = { host: options.host ?? http.host, port: options.port ?? http.port }
    const api = await serveApi(session.context, where).catch(async (failure: unknown) => {
      await running.stop()
      throw failure
    })
    const { embedded } = session.database
    printLine(
      embedded === undefined
        ? 'Database: DATABASE_URL'
        : `Database: ${embedded.host}:${embedded.port} (home ${session.environment.home})`,
    )
    printLine(`Queue:    ${session.queueConnection.backend}`)
    printLine(`HTTP:     http://${api.host}:${api.port} (\`onefold key create SOURCE\` makes a key to send with)`)
    printLine(`Sources:  ${Object.keys(sources).join(', ') || 'none configured'}`)
    printLine('Ready. Ctrl-C stops; `onefold url` in another terminal gives the address for BI tools.')
    await untilAborted(stopping.signal)
    await Promise.all([api.close(), running.stop()])
    return 0
  } finally {
    await session.close()
  }
}
