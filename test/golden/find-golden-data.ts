import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A folder of the public reference data, or undefined, said on the console, when it is not on this machine. */
export function findGoldenData(...path: readonly string[]): string | undefined {
  const folder = join(resolve(process.env['ONEFOLD_DATA'] ?? '../shared/data'), ...path)
  if (existsSync(folder)) return folder
  console.info(`Skipped: no public data at ${folder}. Set ONEFOLD_DATA to the folder that holds it.`)
  return undefined
}
