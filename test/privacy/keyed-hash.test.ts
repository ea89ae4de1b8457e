import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveHashKey } from '../../src/privacy/derive-hash-key.ts'
import { keyedHash } from '../../src/privacy/keyed-hash.ts'
import { keyedHash64 } from '../../src/privacy/keyed-hash-64.ts'

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', minLength: 1300, maxLength: 1500 }),
)

describe('keyedHash', () => {
  it('is HMAC-SHA-256 for every key and text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), texts, fc.integer({ min: 1, max: 32 }), (secret, text, bytes) => {
        const expected = createHmac('sha256', secret).update(text, 'utf8').digest().subarray(0, bytes)
        expect(keyedHash(deriveHashKey(secret), text, bytes)).toEqual(expected)
      }),
    )
  })

  it.each([
    ['empty', ''],
    ['just fits the shared buffer', 'x'.repeat(1365)],
    ['just does not fit', 'x'.repeat(1366)],
    ['three bytes a character', '€'.repeat(1365)],
    ['a megabyte', 'ü'.repeat(1_000_000)],
    ['a lone surrogate', 'a\ud800b'],
    ['a character of four bytes', '😀'],
    ['NUL', 'a\0b'],
  ])('is HMAC-SHA-256 for a text that is: %s', (_, text) => {
    const secret = Buffer.alloc(32, 7)
    const expected = createHmac('sha256', secret).update(text, 'utf8').digest()
    expect(keyedHash(deriveHashKey(secret), text, 32)).toEqual(expected)
  })

  it('follows RFC 4231 test case 2', () => {
    expect(keyedHash(deriveHashKey(Buffer.from('Jefe')), 'what do ya want for nothing?', 32).toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  it('gives results that later calls do not change', () => {
    const key = deriveHashKey(Buffer.alloc(32, 1))
    const first = keyedHash(key, 'email:anna@example.org')
    const copy = Buffer.from(first)
    keyedHash(key, 'email:otto@example.org')
    expect(first).toEqual(copy)
    expect(first).toHaveLength(16)
  })
})

describe('keyedHash64', () => {
  it('is the first eight bytes as a signed integer that PostgreSQL can hold', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const key = deriveHashKey(Buffer.alloc(32, 3))
        expect(keyedHash64(key, text)).toBe(keyedHash(key, text, 32).readBigInt64BE(0))
      }),
    )
  })

  it('is negative for half of all texts', () => {
    const key = deriveHashKey(Buffer.alloc(32, 3))
    const negative = Array.from({ length: 1000 }, (_, n) => keyedHash64(key, `key ${n}`)).filter((hash) => hash < 0n)
    expect(negative.length).toBeGreaterThan(400)
    expect(negative.length).toBeLessThan(600)
  })
})
