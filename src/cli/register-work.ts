import { type Command, InvalidArgumentError } from 'commander'
import { parseCount } from './parse-count.ts'

/** Adds what runs until it is stopped, `onefold worker` and `up`; `act` turns its results into the exit code. */
export function registerWork(
  program: Command,
  act: <A extends unknown[]>(perform: (...args: A) => Promise<number>) => (...args: A) => Promise<void>,
): void {
  program
    .command('worker')
    .summary('work off the queue until stopped')
    .description(
      'Works off the queue until SIGTERM or SIGINT; start as many as you like on as many machines as you like.',
    )
    .option('--concurrency <n>', 'chunks at a time, on a thread each while there are cores (default 2)', parseCount)
    .option('--no-schedules', 'leave cron schedules, segments that time ends, and webhooks to other workers')
    .option('--lease <seconds>', 'silence after which others take a chunk over (default 60)', parseSeconds)
    .addHelpText(
      'after',
      '\nExamples:\n  onefold worker\n  DATABASE_URL=postgres://… REDIS_URL=redis://… onefold worker --concurrency 4',
    )
    .action(act(async (options: { schedules: boolean }) => (await import('./commands/worker.ts')).worker(options)))

  program
    .command('up')
    .summary('run everything in the foreground')
    .description(
      'Runs database, queue, worker, schedules and the HTTP interface that takes in events and records in the foreground until Ctrl-C.',
    )
    .option('--concurrency <n>', 'chunks at a time, on a thread each while there are cores (default 2)', parseCount)
    .option('--host <address>', 'address to take in events at (default: `http.host` of the configuration)')
    .option('--port <n>', 'port to take in events at, 0 for any free one (default: `http.port`)', parsePort)
    .addHelpText('after', '\nExamples:\n  onefold up\n  onefold up --host 0.0.0.0 --port 8080')
    .action(act(async (options: object) => (await import('./commands/up.ts')).up(options)))
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a port from 0 to 65535.')
  return port
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0)) throw new InvalidArgumentError('Write a number of seconds above 0.')
  return seconds
}
