import { join } from 'node:path'
import { TEST_MASTER_KEY } from './open-migrated-database.ts'

/** The environment of a program that a test starts in a folder, on a database of the test. */
export function programEnvironment(folder: string, { url }: { readonly url: string }): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ONEFOLD_HOME: join(folder, 'home'),
    DATABASE_URL: url,
    REDIS_URL: '',
    ONEFOLD_MASTER_KEY: TEST_MASTER_KEY.toString('base64'),
  }
}
