import type { AuditRoot } from '../audit/audit-entry.ts'
import type { Settings } from '../config/settings.ts'
import type { Keyring, RandomSource } from '../privacy/keyring.ts'
import type { Store } from '../store/open-store.ts'
import type { OpenedRecord } from './resolve/open-records.ts'

/** Everything a stage may reach: the rim of the program, handed in. */
export interface Context {
  readonly store: Store
  readonly settings: Settings
  readonly keyring: Keyring
  readonly random: RandomSource
  /** The wall clock; where workers must agree, the database's clock is asked instead. */
  readonly now: () => Date
  /** A new UUIDv7. */
  readonly newId: () => string
  /** Names this process in leases and audit entries: `worker:host:pid`, `cli`. */
  readonly actor: string
  readonly log: Log
  /** What a pass remembers of the records it has opened, until its commit. */
  readonly opened?: Map<string, OpenedRecord>
  /** Keeps a root of the audit log where a change of the database cannot reach it. */
  readonly keepAnchor: (root: AuditRoot) => Promise<void>
}

/** Structured lines with codes, ids and counts: never a value of a record. */
export interface Log {
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void
}
