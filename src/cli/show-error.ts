import { readEnvironment } from '../config/environment.ts'
import { translateError } from '../store/translate-error.ts'

const MISUSE = new Set(['settings', 'payload', 'not_found'])

/**
 * Shows an error to a person: what happened, where, what to do next; on stderr. Returns the exit code: 2 when the
 * command or its input must change, 1 otherwise.
 */
export function showError(thrown: unknown): number {
  const error = translateError(thrown)
  const where = Object.entries(error.details).map(([name, value]) => `${name} ${value}`)
  process.stderr.write(`onefold: ${error.message} [${error.code}]\n`)
  if (where.length > 0) process.stderr.write(`  where: ${where.join(', ')}\n`)
  if (error.hint !== undefined) process.stderr.write(`  next:  ${error.hint}\n`)
  if (error.code === 'unexpected' && readEnvironment().logLevel === 'debug' && thrown instanceof Error) {
    process.stderr.write(`${thrown.stack ?? ''}\n`)
  }
  return MISUSE.has(error.kind) ? 2 : 1
}
