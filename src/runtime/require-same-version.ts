import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OnefoldError } from '../errors.ts'

/**
 * Refuses a data folder that another major version made: PostgreSQL cannot read it, and there is no upgrade
 * program in the package. Throws `postgres.foreign_version`. Answers whether there is a cluster at all.
 */
export async function requireSameVersion(dataFolder: string, shippedVersion: string): Promise<boolean> {
  const made = await readVersion(dataFolder)
  const [shipped] = shippedVersion.split('.')
  if (made === undefined || shipped === undefined) return false
  if (made === shipped) return true
  throw new OnefoldError(
    'store',
    'postgres.foreign_version',
    `The database was made by PostgreSQL ${made}, this is ${shipped}`,
    {
      details: { dataFolder, made, shipped },
      hint: 'Use the onefold release that made it, export there, and import into a new home folder.',
    },
  )
}

async function readVersion(dataFolder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    // Only a file that is not there: a cluster that we may not read must not look like none.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
