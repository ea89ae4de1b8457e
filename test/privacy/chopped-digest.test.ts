import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choppedDigest } from '../../src/privacy/chopped-digest.ts'
import { deriveHashKey } from '../../src/privacy/derive-hash-key.ts'

const keys = [1, 2].map((byte) => deriveHashKey(Buffer.alloc(32, byte)))

test('is the first half of SHA-256 over the key block and the text, whichever key and text came before', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ minLength: 1300, maxLength: 1500 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), texts), { maxLength: 6 }), (calls) => {
      for (const [key, text] of calls) {
        const whole = createHash('sha256').update(key.innerPad).update(Buffer.from(text, 'utf8')).digest('binary')
        expect(choppedDigest(key, text)).toBe(whole.slice(0, 16))
      }
    }),
  )
})

test('another key gives another hash', () => {
  expect(choppedDigest(keys[0]!, 'record')).not.toBe(choppedDigest(keys[1]!, 'record'))
})
