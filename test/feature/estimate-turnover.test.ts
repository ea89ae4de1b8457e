import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateTurnover, sampleCrowd } from '../../src/feature/estimate-turnover.ts'

/** Ids that follow nothing, sorted: the numbers times one that spreads them, in hexadecimal. */
const crowd = (numbers: Iterable<number>) =>
  sampleCrowd([...numbers].map((n) => (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')).sort(), 0)

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n)

test('who came and went is a share of who was there, exact for as many as are remembered', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), fc.integer({ min: 1, max: 400 }), (gone, come, stayed) => {
      const then = crowd(range(0, gone + stayed))
      const now = crowd(range(gone, gone + stayed + come))
      expect(estimateTurnover(then, now)).toBeCloseTo((gone + come) / (gone + stayed), 9)
    }),
  )
})

test.each([
  ['nobody', 0, 0],
  ['a twentieth came', 0, 1000],
  ['a twentieth went', 1000, 0],
  ['as many came as went', 1500, 1500],
  ['all are others', 20_000, 20_000],
])('of many it is told within three hundredths: %s', (_, gone, come) => {
  const people = 20_000
  const told = estimateTurnover(crowd(range(0, people)), crowd(range(gone, people + come)))
  expect(Math.abs(told - (gone + come) / people)).toBeLessThan(0.03)
})

test('a crowd that is the same has none, one that begins is endless', () => {
  expect(estimateTurnover(crowd([]), crowd([]))).toBe(0)
  expect(estimateTurnover(crowd(range(0, 5000)), crowd(range(0, 5000)))).toBe(0)
  expect(estimateTurnover(crowd([]), crowd([1]))).toBe(Infinity)
  expect(estimateTurnover(crowd([1, 2]), crowd([]))).toBe(1)
})
