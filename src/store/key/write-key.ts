/** A write key as it is kept, without the key. */
export interface WriteKey {
  readonly keyId: string
  readonly source: string
  readonly createdBy: string
  readonly createdAt: Date
  /** Null while it is good. */
  readonly revokedAt: Date | null
}
