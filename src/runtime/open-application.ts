import { hostname } from 'node:os'
import type { Environment } from '../config/environment.ts'
import type { Settings } from '../config/settings.ts'
import { OnefoldError } from '../errors.ts'
import type { Context, Log } from '../pipeline/context.ts'
import { deriveKeyring } from '../privacy/derive-keyring.ts'
import { keyedHash } from '../privacy/keyed-hash.ts'
import { checkInstallation } from '../store/check-installation.ts'
import { loadMasterKey, type MasterKey } from './load-master-key.ts'
import { type ContextParts, openContext } from './open-context.ts'
import { openDatabase, type OpenedDatabase } from './open-database.ts'

/** The program with its database open. Close it, or the embedded server stays up until the process ends. */
export interface Application {
  readonly context: Context
  /** What the context was opened from, for threads that need one of their own. */
  readonly parts: ContextParts
  readonly database: OpenedDatabase
  readonly masterKey: MasterKey
  close(): Promise<void>
}

/**
 * Opens database, keys and settings into the context that every stage works in. Throws `master_key.wrong` when the
 * database was filled under another key: working on would split it in two.
 */
export async function openApplication(
  environment: Environment,
  settings: Settings,
  options: { readonly role: string; readonly log: Log; readonly idleInTransactionMs?: number },
): Promise<Application> {
  const masterKey = await loadMasterKey(environment.home, environment.masterKey)
  const keyring = deriveKeyring(masterKey.key)
  const database = await openDatabase(environment)
  const parts: ContextParts = {
    database: database.data,
    role: options.role,
    databaseRole: database.role,
    idleInTransactionMs: options.idleInTransactionMs,
    settings,
    keyring,
    home: environment.home,
    actor: `${options.role}:${hostname()}:${process.pid}`,
  }
  const context = openContext(parts, options.log)
  const close = async (): Promise<void> => {
    await context.store.close()
    await database.release()
  }
  try {
    if (!(await checkInstallation(context.store.sql, keyedHash(keyring.audit, 'onefold installation')))) {
      throw new OnefoldError('settings', 'master_key.wrong', 'This database was filled under another master key.', {
        hint: 'Set ONEFOLD_MASTER_KEY to the key of this database, or restore `master.key` in its home from the backup.',
      })
    }
  } catch (error) {
    await close()
    throw error
  }
  return { context, parts, database, masterKey, close }
}
