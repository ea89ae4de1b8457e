/** Who did what to which thing, and when. Holds ids and counts, never a person's value: it outlives their erasure. */
export interface AuditEntry {
  /** 1, 2, 3, … without gaps, given by the one writer that chains. */
  readonly seq: number
  /** ISO 8601 in UTC. */
  readonly at: string
  /** `usr_…`, `key_…`, `job:resolve`. */
  readonly actor: string
  /** `profile.merged`, `record.erased`, … */
  readonly action: string
  /** The id of what it was done to. */
  readonly subject: string
  /** Ids and counts. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** An entry as it is kept: with the hash that chains it to the one before. */
export interface ChainedAuditEntry extends AuditEntry {
  /** 32 bytes, from `chainEntry`. */
  readonly hash: Uint8Array
}

/** A Merkle root over the hashes of entries 1 to `uptoSeq`, kept where the database's owner cannot change it. */
export interface AuditRoot {
  readonly uptoSeq: number
  /** 32 bytes, from `merkleRoot`. */
  readonly root: Uint8Array
  /** How many entries it covers. */
  readonly count: number
}
