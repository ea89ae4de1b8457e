import { createCipheriv } from 'node:crypto'
import type { RandomSource } from './keyring.ts'
import { poolRandomBytes } from './pool-random-bytes.ts'

const NO_COUNT = Buffer.alloc(16)

/**
 * Stretches 32 unpredictable bytes, used for nothing else, to as many as are needed: the key stream of AES-256 in
 * counter mode, which is how CTR_DRBG makes them (NIST SP 800-90A, 10.2). For a thread that must not ask the system.
 */
export function stretchRandom(seed: Uint8Array): RandomSource {
  const stream = createCipheriv('aes-256-ctr', seed, NO_COUNT)
  return poolRandomBytes((target) => target.set(stream.update(target.fill(0))))
}
