import { randomFillSync } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Settings } from '../config/settings.ts'
import type { Context, Log } from '../pipeline/context.ts'
import type { Keyring } from '../privacy/keyring.ts'
import { poolRandomBytes } from '../privacy/pool-random-bytes.ts'
import { type DatabaseAddress, openStore } from '../store/open-store.ts'
import { appendAnchor } from './anchor-file.ts'

/** What a context is opened from: data that can be handed to a thread. */
export interface ContextParts {
  readonly database: DatabaseAddress
  /** What the program does: `worker`, `cli`. */
  readonly role: string
  /** The role of the database that work is done as; undefined for the one that connects. */
  readonly databaseRole: string | undefined
  /** Silence in an open transaction after which the server ends it; undefined for what `openStore` says. */
  readonly idleInTransactionMs: number | undefined
  readonly settings: Settings
  readonly keyring: Keyring
  /** Folder that roots of the audit log are kept in. */
  readonly home: string
  readonly actor: string
}

/** Opens the context that every stage works in, with a pool of connections of its own: close its store. */
export function openContext(parts: ContextParts, log: Log): Context {
  const { database, role, databaseRole, idleInTransactionMs, settings, keyring, home, actor } = parts
  return {
    store: openStore(database, {
      name: `onefold ${role}`,
      ...(idleInTransactionMs === undefined ? {} : { idleInTransactionMs }),
      ...(databaseRole === undefined ? {} : { role: databaseRole }),
    }),
    settings,
    keyring,
    random: poolRandomBytes((target) => void randomFillSync(target)),
    now: () => new Date(),
    newId: uuidv7,
    actor,
    log,
    keepAnchor: (root) => appendAnchor(home, root),
  }
}
