import type { RandomSource } from './keyring.ts'

/** One system call serves some 1,400 envelopes. */
const POOL_BYTES = 64 * 1024

/**
 * Hands out random bytes from a pool that `fill` (the system's generator) refills 64 KiB at a time.
 * Each byte is handed out once; the result is a copy, so a refill never changes bytes already given.
 * A request above the pool's size is filled directly.
 */
export function poolRandomBytes(fill: (target: Buffer) => void): RandomSource {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  return (byteCount) => {
    const given = Buffer.allocUnsafe(byteCount)
    if (byteCount > POOL_BYTES) {
      fill(given)
      return given
    }
    if (used + byteCount > POOL_BYTES) {
      fill(pool)
      used = 0
    }
    pool.copy(given, 0, used, used + byteCount)
    pool.fill(0, used, used + byteCount)
    used += byteCount
    return given
  }
}
