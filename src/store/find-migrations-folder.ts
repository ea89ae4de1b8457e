import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with the SQL files, seen from the sources and from the build alike. */
export function findMigrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'schema', 'migrations', 'meta'))) folder = dirname(folder)
  return join(folder, 'schema', 'migrations')
}
