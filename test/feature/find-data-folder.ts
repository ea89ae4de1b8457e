import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where public reference data lies: `ONEFOLD_DATA`, else beside the checkout. Undefined when it is not there. */
export function findDataFolder(): string | undefined {
  const folder = resolve(process.env.ONEFOLD_DATA ?? '../shared/data')
  return existsSync(folder) ? folder : undefined
}
