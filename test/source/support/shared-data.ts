import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of public test data, or undefined (said on the console) when it is not on this machine. */
export function findSharedData(...path: string[]): string | undefined {
  const folder = join(process.env['ONEFOLD_DATA'] ?? resolve('..', 'shared', 'data'), ...path)
  if (existsSync(folder)) return folder
  console.warn(`skipped: ${folder} is absent, set ONEFOLD_DATA to run these tests`)
  return undefined
}
