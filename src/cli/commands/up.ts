import { startWorker } from '../../../jobs/start-worker.ts'
import { openSession } from '../open-session.ts'
import { printLine } from '../output.ts'
import { untilAborted } from './worker.ts'

/** Everything in the foreground: database, queue, worker and schedules, until Ctrl-C. */
export async function up(options: { readonly concurrency?: number }): Promise<number> {
  const session = await openSession('up')
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const running = await startWorker(session.context, session.queueConnection, {
      schedules: true,
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    })
    const { embedded } = session.database
    printLine(
      embedded === undefined
        ? 'Database: DATABASE_URL'
        : `Database: ${embedded.host}:${embedded.port} (home ${session.environment.home})`,
    )
    printLine(`Queue:    ${session.queueConnection.backend}`)
    printLine(`Sources:  ${Object.keys(session.loaded.settings.sources).join(', ') || 'none configured'}`)
    printLine('Ready. Ctrl-C stops; `onefold url` in another terminal gives the address for BI tools.')
    await untilAborted(stopping.signal)
    await running.stop()
    return 0
  } finally {
    await session.close()
  }
}
