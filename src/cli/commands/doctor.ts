import { type Environment, readEnvironment } from '../../config/environment.ts'
import { loadSettings } from '../../config/load-settings.ts'
import type { QueueConnection } from '../../../jobs/queues.ts'
import { type HomeState, inspectHome } from '../../runtime/inspect-home.ts'
import { nameQueueDatabase } from '../../runtime/name-queue-database.ts'
import { openPostgres } from '../../runtime/open-postgres.ts'
import { translateError } from '../../store/translate-error.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkMachine } from '../doctor/check-machine.ts'
import { checkQueue } from '../doctor/check-queue.ts'
import type { Finding } from '../doctor/finding.ts'
import { paint, printJson, printLine } from '../output.ts'

/**
 * Checks everything that a run needs, one finding after the other, each with what to do. Makes and changes nothing;
 * an embedded server that exists and is not running is started for the moment. Exit code 1 when something fails.
 */
export async function doctor(options: { readonly json?: boolean }): Promise<number> {
  const environment = readEnvironment()
  const home = await inspectHome(environment.home)
  const findings = [
    ...checkMachine(environment, home, process.version),
    await checkConfiguration(),
    ...(await checkServices(environment, home)),
  ]
  const verdict = findings.some((finding) => finding.verdict === 'fail')
    ? 'fail'
    : findings.some((finding) => finding.verdict === 'warn')
      ? 'warn'
      : 'ok'
  if (options.json === true) printJson({ verdict, findings })
  else for (const finding of findings) printFinding(finding)
  return verdict === 'fail' ? 1 : 0
}

async function checkConfiguration(): Promise<Finding> {
  const check = 'configuration'
  try {
    const { file, settings } = await loadSettings(process.cwd())
    const sources = Object.keys(settings.sources).length
    return file === undefined
      ? { check, verdict: 'ok', message: 'no file, all defaults (`onefold init` writes one)' }
      : { check, verdict: 'ok', message: `${file}, ${sources} source${sources === 1 ? '' : 's'}` }
  } catch (failure) {
    const { message, hint } = translateError(failure)
    return { check, verdict: 'fail', message, ...(hint === undefined ? {} : { next: hint }) }
  }
}

async function checkServices(environment: Environment, home: HomeState): Promise<Finding[]> {
  const { databaseUrl, redisUrl } = environment
  const hasKey = environment.masterKey !== undefined || home.masterKey?.isReadable === true
  if (databaseUrl === undefined && !home.hasCluster) {
    const absent: Finding = {
      check: 'database',
      verdict: 'warn',
      message: 'There is no embedded database yet',
      next: '`onefold demo` or the first `onefold ingest` makes it.',
    }
    return redisUrl === undefined ? [absent] : [absent, await checkQueue({ backend: 'redis', url: redisUrl })]
  }
  try {
    const embedded = databaseUrl === undefined ? await openPostgres(environment.home) : undefined
    try {
      const queue: QueueConnection =
        redisUrl !== undefined
          ? { backend: 'redis', url: redisUrl }
          : {
              backend: 'postgres',
              database: embedded?.ownerConnection('onefold_queue') ?? {
                url: nameQueueDatabase(databaseUrl as string).url,
              },
            }
      const address = embedded?.ownerConnection('onefold') ?? { url: databaseUrl as string }
      return [...(await checkDatabase(environment, address, hasKey)), await checkQueue(queue)]
    } finally {
      await embedded?.release()
    }
  } catch (failure) {
    const { message, code, hint } = translateError(failure)
    return [
      {
        check: 'database',
        verdict: 'fail',
        message: `${message} [${code}]`,
        ...(hint === undefined ? {} : { next: hint }),
      },
    ]
  }
}

function printFinding({ check, verdict, message, next }: Finding): void {
  const colour = verdict === 'ok' ? 'green' : verdict === 'warn' ? 'yellow' : 'red'
  printLine(`${paint(colour, verdict.padEnd(5))} ${check.padEnd(16)} ${message}`)
  if (next !== undefined) printLine(`      ${' '.repeat(17)}next: ${next}`)
}
