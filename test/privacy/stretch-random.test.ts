import { createCipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { stretchRandom } from '../../src/privacy/stretch-random.ts'

const seed = Buffer.alloc(32, 3)

test('bytes are the key stream of the seed, each given once, however they are asked for', () => {
  const whole = createCipheriv('aes-256-ctr', seed, Buffer.alloc(16)).update(Buffer.alloc(200_000))
  const random = stretchRandom(seed)
  const given = Buffer.concat(Array.from({ length: 2000 }, () => random(44)))
  expect(given.length).toBe(88_000)
  let at = 0
  for (let start = 0; start < given.length; start += 44) {
    const next = whole.indexOf(given.subarray(start, start + 44), at)
    expect(next).toBeGreaterThanOrEqual(at)
    at = next + 44
  }
})

test('another seed gives other bytes', () => {
  expect(stretchRandom(seed)(32).equals(stretchRandom(Buffer.alloc(32, 4))(32))).toBe(false)
})
