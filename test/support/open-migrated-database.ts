import { randomFillSync } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { settingsSchema } from '../../src/config/settings.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { deriveKeyring } from '../../src/privacy/derive-keyring.ts'
import { poolRandomBytes } from '../../src/privacy/pool-random-bytes.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open-store.ts'
import { openTestDatabase } from './open-test-database.ts'

/** A line of a collecting log. */
export interface LoggedLine {
  readonly level: 'info' | 'warn'
  readonly fields: Readonly<Record<string, string | number | boolean>>
  readonly message: string
}

/** A database with the schema of the day and a context to work on it. Drop it, or its connections stay open. */
export interface MigratedDatabase {
  readonly context: Context
  readonly url: string
  /** What the context's log was told, in order. */
  readonly logged: readonly LoggedLine[]
  drop(): Promise<void>
}

/** The same in every test: what is hashed and sealed can be compared between runs. */
export const TEST_MASTER_KEY = Buffer.alloc(32, 7)

async function migrateTemplate(url: string): Promise<void> {
  await migrate({ url })
}

/** Opens a database of one's own, migrated from a template, with default settings and a fixed master key. */
export async function openMigratedDatabase(name: string): Promise<MigratedDatabase> {
  const database = await openTestDatabase(name, migrateTemplate)
  const store = openStore({ url: database.url }, { name: `test ${name}` })
  const logged: LoggedLine[] = []
  const context: Context = {
    store,
    settings: settingsSchema.parse({}),
    keyring: deriveKeyring(TEST_MASTER_KEY),
    random: poolRandomBytes((target) => void randomFillSync(target)),
    now: () => new Date(),
    newId: uuidv7,
    actor: 'test',
    log: {
      info: (fields, message) => void logged.push({ level: 'info', fields, message }),
      warn: (fields, message) => void logged.push({ level: 'warn', fields, message }),
    },
    keepAnchor: async () => {},
  }
  return {
    context,
    url: database.url,
    logged,
    drop: async () => {
      await store.close()
      await database.drop()
    },
  }
}
