/** A secret ready for keyed hashing: its two HMAC pads, computed once. Made by `deriveHashKey`. */
export interface HashKey {
  /** 64 bytes: the key xor 0x36. */
  readonly innerPad: Buffer
  /** 64 bytes: the key xor 0x5c. */
  readonly outerPad: Buffer
}

/** One secret a purpose, so that a value hashed for one purpose cannot be joined to another's. */
export interface Keyring {
  /** 0 to 255, derived from the sealing key: tells which key an envelope needs. */
  readonly keyId: number
  /** 32 bytes that wrap the data key of each envelope. */
  readonly seal: Buffer
  readonly identifiers: HashKey
  readonly blocking: HashKey
  readonly fingerprint: HashKey
  readonly pseudonyms: HashKey
  readonly audit: HashKey
  readonly webhooks: HashKey
}

/** `byteCount` fresh unpredictable bytes that nobody else holds. */
export type RandomSource = (byteCount: number) => Buffer
