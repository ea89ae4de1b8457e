import { createHash, randomFillSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OnefoldError } from '../../src/errors.ts'
import { deriveKeyring } from '../../src/privacy/derive-keyring.ts'
import { openEnvelope } from '../../src/privacy/open-envelope.ts'
import { packSealed } from '../../src/privacy/pack-sealed.ts'
import { poolRandomBytes } from '../../src/privacy/pool-random-bytes.ts'
import { rewrapEnvelope } from '../../src/privacy/rewrap-envelope.ts'
import { sealEnvelope } from '../../src/privacy/seal-envelope.ts'
import { unpackSealed } from '../../src/privacy/unpack-sealed.ts'

const keyring = deriveKeyring(Buffer.alloc(32, 1))
const otherKeyring = deriveKeyring(Buffer.alloc(32, 2))
const random = poolRandomBytes((target) => randomFillSync(target))
const payloads = fc.uint8Array({ maxLength: 300 })
const SECRET = Buffer.from('anna.lindqvist@example.org')

function catchError(run: () => unknown): OnefoldError {
  try {
    run()
  } catch (error) {
    if (error instanceof OnefoldError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('sealEnvelope', () => {
  it('opens to the same bytes in the same place', () => {
    fc.assert(
      fc.property(payloads, fc.string(), (payload, aad) => {
        const sealed = sealEnvelope(keyring, payload, aad, random)
        expect(sealed).toHaveLength(payload.length + 70)
        expect(openEnvelope(keyring, sealed, aad)).toEqual(Buffer.from(payload))
      }),
    )
  })

  it('does not show its payload, and never gives the same bytes twice', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'records:rec_1', random)
    expect(sealed.includes(SECRET.subarray(0, 6))).toBe(false)
    expect(sealEnvelope(keyring, SECRET, 'records:rec_1', random)).not.toEqual(sealed)
  })

  it('does not open in another place, so rows cannot be swapped', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'records:rec_1', random)
    const error = catchError(() => openEnvelope(keyring, sealed, 'records:rec_2'))
    expect(error).toMatchObject({ kind: 'store', code: 'seal.broken', details: { reason: 'content' } })
  })

  it('does not open with another key', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'a', random)
    expect(catchError(() => openEnvelope(otherKeyring, sealed, 'a'))).toMatchObject({ details: { reason: 'key' } })
    // Not even when the key ids happen to agree.
    const samekeyId = { ...otherKeyring, keyId: keyring.keyId }
    expect(catchError(() => openEnvelope(samekeyId, sealed, 'a'))).toMatchObject({ code: 'seal.broken' })
  })

  it('does not open after a change of any single bit', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'a', random)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(catchError(() => openEnvelope(keyring, changed, 'a')).code).toBe('seal.broken')
    }
  })

  it('does not open when bytes are missing or added', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'a', random)
    for (let length = 0; length < sealed.length; length += 1) {
      expect(catchError(() => openEnvelope(keyring, sealed.subarray(0, length), 'a')).code).toBe('seal.broken')
    }
    expect(catchError(() => openEnvelope(keyring, Buffer.concat([sealed, Buffer.of(0)]), 'a')).code).toBe('seal.broken')
  })

  it('says nothing of what was inside when it fails', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'records:anna', random)
    const error = catchError(() => openEnvelope(otherKeyring, sealed, 'records:anna'))
    expect(JSON.stringify([error.message, error.details, error.hint, String(error.cause)])).not.toContain('anna')
  })

  it('opens from a view into a larger buffer, as a driver hands it out', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'a', random)
    const large = Buffer.concat([Buffer.alloc(13), sealed, Buffer.alloc(5)])
    expect(openEnvelope(keyring, new Uint8Array(large.buffer, large.byteOffset + 13, sealed.length), 'a')).toEqual(
      SECRET,
    )
  })
})

describe('rewrapEnvelope', () => {
  it('moves an envelope to another key without touching its ciphertext', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const sealed = sealEnvelope(keyring, payload, 'a', random)
        const rewrapped = rewrapEnvelope(keyring, otherKeyring, sealed)
        expect(openEnvelope(otherKeyring, rewrapped, 'a')).toEqual(Buffer.from(payload))
        expect(rewrapped.subarray(42)).toEqual(sealed.subarray(42))
        expect(() => openEnvelope(keyring, rewrapped, 'a')).toThrow(expect.objectContaining({ code: 'seal.broken' }))
        expect(rewrapEnvelope(otherKeyring, keyring, rewrapped)).toEqual(sealed)
      }),
    )
  })

  it('refuses an envelope of another key, and bytes that are none', () => {
    const sealed = sealEnvelope(keyring, SECRET, 'a', random)
    expect(catchError(() => rewrapEnvelope(otherKeyring, keyring, sealed)).code).toBe('seal.broken')
    // Rewrapping with a wrong key of the same id would lose the content for good.
    const sameKeyId = { ...otherKeyring, keyId: keyring.keyId }
    expect(catchError(() => rewrapEnvelope(sameKeyId, keyring, sealed)).code).toBe('seal.broken')
    expect(catchError(() => rewrapEnvelope(keyring, otherKeyring, Buffer.alloc(10))).code).toBe('seal.broken')
    expect(catchError(() => rewrapEnvelope(keyring, otherKeyring, Buffer.alloc(90))).code).toBe('seal.broken')
  })
})

describe('deriveKeyring', () => {
  it('gives the same keyring for the same master key, and another for another', () => {
    expect(deriveKeyring(Buffer.alloc(32, 1))).toEqual(keyring)
    expect(otherKeyring.seal).not.toEqual(keyring.seal)
    expect(otherKeyring.identifiers).not.toEqual(keyring.identifiers)
  })

  it('gives each purpose a key of its own', () => {
    const { seal, identifiers, blocking, fingerprint, pseudonyms, audit } = keyring
    const keys = [identifiers, blocking, fingerprint, pseudonyms, audit].map((key) => key.innerPad.toString('hex'))
    expect(new Set([...keys, seal.toString('hex')]).size).toBe(6)
  })

  it('keeps all hashes when only the sealing key rotates', () => {
    const rotated = deriveKeyring(Buffer.alloc(32, 2), Buffer.alloc(32, 1))
    expect(rotated.seal).toEqual(otherKeyring.seal)
    expect({ ...rotated, seal: 0, keyId: 0 }).toEqual({ ...keyring, seal: 0, keyId: 0 })
  })

  it('refuses a key that is not 32 bytes', () => {
    expect(catchError(() => deriveKeyring(Buffer.alloc(16)))).toMatchObject({
      kind: 'settings',
      code: 'master_key.wrong_length',
    })
  })
})

describe('poolRandomBytes', () => {
  it('hands out each byte of the source once, in order, whatever the sizes asked for', () => {
    let counter = 0
    const counting = (target: Buffer) => {
      for (let at = 0; at < target.length; at += 4) target.writeUInt32BE(counter++, at)
    }
    const source = poolRandomBytes(counting)
    const seen = new Set<string>()
    for (let call = 0; call < 5000; call += 1) {
      const given = source(44)
      for (let at = 0; at < 44; at += 4) seen.add(given.toString('hex', at, at + 4))
    }
    expect(seen.size).toBe(5000 * 11)
  })

  it('serves a request larger than its pool', () => {
    const large = random(200_000)
    expect(large).toHaveLength(200_000)
    expect(createHash('sha256').update(large).digest()).not.toEqual(
      createHash('sha256').update(Buffer.alloc(200_000)).digest(),
    )
  })
})

describe('packSealed', () => {
  it('gives back the raw bytes and the JSON exactly', () => {
    fc.assert(
      fc.property(payloads, fc.jsonValue(), (raw, value) => {
        const normalizedJson = JSON.stringify(value)
        const unpacked = unpackSealed(packSealed(raw, Buffer.from(normalizedJson)))
        expect(unpacked.raw).toEqual(Buffer.from(raw))
        expect(unpacked.normalizedJson).toBe(normalizedJson)
      }),
    )
  })

  it('keeps bytes that are no text, and empty parts', () => {
    const raw = Buffer.from([0, 255, 254, 0xed, 0xa0, 0x80])
    expect(unpackSealed(packSealed(raw, Buffer.of()))).toEqual({ raw, normalizedJson: '' })
    expect(unpackSealed(packSealed(Buffer.of(), Buffer.from('{}')))).toEqual({ raw: Buffer.of(), normalizedJson: '{}' })
  })

  it('refuses bytes that were not packed', () => {
    for (const bytes of [Buffer.of(), Buffer.of(1, 0, 0), Buffer.of(1, 0, 0, 0, 9), Buffer.of(2, 0, 0, 0, 0)]) {
      expect(catchError(() => unpackSealed(bytes)).code).toBe('seal.bad_pack')
    }
  })
})
