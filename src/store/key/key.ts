/** What a key lets its holder do. Keys of each kind have a table, of which a column says to what source or for whom. */
export const KEY_TABLES = {
  write: { table: 'write_keys', holder: 'source' },
  read: { table: 'read_keys', holder: 'reader' },
} as const
export type KeyKind = keyof typeof KEY_TABLES

/** A key as it is kept, without the key. */
export interface Key {
  readonly keyId: string
  readonly kind: KeyKind
  /** The source that a write key writes to; who reads with a read key. */
  readonly holder: string
  readonly createdBy: string
  readonly createdAt: Date
  /** Null while it is good. */
  readonly revokedAt: Date | null
}
