import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  derivePAliveByBgNbd,
  expectPurchasesByBgNbd,
  fitBgNbd,
  logLikelihoodOfBgNbd,
} from '../../../src/feature/lifetime/bg-nbd.ts'
import { inventBuyers } from './invent-buyers.ts'
import { fitLifetime } from '../../../src/feature/lifetime/fit-lifetime.ts'
import { logGamma } from '../../../src/feature/lifetime/log-gamma.ts'
import { minimize } from '../../../src/feature/lifetime/minimize.ts'
import {
  derivePAliveByParetoNbd,
  expectPurchasesByParetoNbd,
  logLikelihoodOfParetoNbd,
  type ParetoNbd,
} from '../../../src/feature/lifetime/pareto-nbd.ts'
import {
  groupSummaries,
  summarizePurchases,
  summarizeSpending,
} from '../../../src/feature/lifetime/purchase-summary.ts'

const BG_NBD = { r: 0.24, alpha: 4.4, a: 0.79, b: 2.43 }
const PARETO_NBD = { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 }

test('ln Γ is that of the factorials and of ½', () => {
  let factorial = 0
  for (let n = 1; n < 150; n += 1) {
    expect(Math.abs(logGamma(n) - factorial)).toBeLessThan(1e-12 * Math.max(1, factorial))
    factorial += Math.log(n)
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  expect(logGamma(1e-8)).toBeCloseTo(-Math.log(1e-8), 7)
})

test('a narrow bent valley is followed to its end', () => {
  const { at, converged } = minimize(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1])
  expect(converged).toBe(true)
  expect(at[0]).toBeCloseTo(1, 4)
  expect(at[1]).toBeCloseTo(1, 4)
})

test('what is not a number is no minimum', () => {
  expect(minimize(([x = 0]) => (x < 1 ? Number.NaN : x), [3]).at[0]).toBeCloseTo(1, 4)
})

test('a chance of having left is that of an integral taken in many small steps', () => {
  const byTrapezia = ({ r, alpha, s, beta }: ParetoNbd, x: number, lastAt: number, age: number): number => {
    const steps = 100_000
    const rate = (y: number): number =>
      ((alpha + age) / (alpha + y)) ** (r + x) * ((beta + age) / (beta + y)) ** s * (s / (beta + y))
    let sum = (rate(lastAt) + rate(age)) / 2
    for (let step = 1; step < steps; step += 1) sum += rate(lastAt + ((age - lastAt) * step) / steps)
    return 1 / (1 + (sum * (age - lastAt)) / steps)
  }
  for (const model of [PARETO_NBD, { r: 2, alpha: 0.5, s: 0.3, beta: 30 }, { r: 1, alpha: 20, s: 1, beta: 0.4 }])
    for (const [repeats, lastAt, age] of [
      [0, 0, 39],
      [2, 30.43, 38.86],
      [26, 30.86, 31],
      [26, 10, 31],
      [60, 3, 70],
    ] as const) {
      const own = derivePAliveByParetoNbd(model, { repeats, lastAt, age })
      expect(own / byTrapezia(model, repeats, lastAt, age), `${repeats}`).toBeCloseTo(1, 4)
    }
})

test('hundreds of purchases neither overflow nor vanish', () => {
  for (const repeats of [161, 204, 221, 254, 400, 5_000, 100_000]) {
    const buyer = { repeats, lastAt: 38, age: 39 }
    const group = groupSummaries([buyer])
    expect(Number.isFinite(logLikelihoodOfBgNbd(BG_NBD, group))).toBe(true)
    expect(Number.isFinite(logLikelihoodOfParetoNbd(PARETO_NBD, group))).toBe(true)
    // Who bought several times a week and not for a week is gone by both; the last days' purchases would go on.
    for (const weeks of [4, 52]) {
      expect(expectPurchasesByBgNbd(BG_NBD, { ...buyer, lastAt: 38.9 }, weeks)).toBeGreaterThan(0)
      expect(expectPurchasesByBgNbd(BG_NBD, buyer, weeks)).toBeLessThan((repeats / 39) * weeks)
      expect(expectPurchasesByParetoNbd(PARETO_NBD, buyer, weeks)).toBeLessThan((repeats / 39) * weeks)
    }
  }
})

test('whatever the parameters and the buyer, chances are chances and purchases to come are numbers', () => {
  const size = fc.double({ min: -13.8, max: 13.8, noNaN: true }).map((log) => Math.exp(log))
  const buyers = fc
    .record({
      repeats: fc.nat({ max: 500 }),
      first: fc.double({ min: 0, max: 1, noNaN: true }),
      age: fc.double({ min: 0.1, max: 300, noNaN: true }),
    })
    .map(({ repeats, first, age }) => ({ repeats, lastAt: repeats === 0 ? 0 : first * age, age }))
  fc.assert(
    fc.property(size, size, size, size, buyers, (p, q, v, w, buyer) => {
      const byBg = { r: p, alpha: q, a: v, b: w }
      const byPareto = { r: p, alpha: q, s: v, beta: w }
      const models = [
        [derivePAliveByBgNbd(byBg, buyer), expectPurchasesByBgNbd(byBg, buyer, 52)],
        [derivePAliveByParetoNbd(byPareto, buyer), expectPurchasesByParetoNbd(byPareto, buyer, 52)],
      ] as const
      const most = ((p + buyer.repeats) / (q + buyer.age)) * 52
      for (const [pAlive, expected] of models) {
        expect(pAlive).toBeGreaterThanOrEqual(0)
        expect(pAlive).toBeLessThanOrEqual(1)
        // Nobody buys more than who never leaves.
        expect(expected).toBeGreaterThanOrEqual(0)
        expect(expected).toBeLessThanOrEqual(most * (1 + 1e-9))
      }
    }),
  )
})

test('expectations have no hole where a or s is 1', () => {
  const buyer = { repeats: 3, lastAt: 20, age: 30 }
  const byBg = [0.999, 1, 1.001].map((a) => expectPurchasesByBgNbd({ ...BG_NBD, a }, buyer, 26))
  const byPareto = [0.999, 1, 1.001].map((s) => expectPurchasesByParetoNbd({ ...PARETO_NBD, s }, buyer, 26))
  for (const [below = 0, at = 0, above = 0] of [byBg, byPareto]) {
    expect(at).toBeCloseTo((below + above) / 2, 5)
  }
})

test('who never came back is alive to BG/NBD, and ever less to Pareto/NBD', () => {
  expect(derivePAliveByBgNbd(BG_NBD, { repeats: 0, lastAt: 0, age: 100 })).toBe(1)
  const [early = 0, late = 0] = [10, 100].map((age) =>
    derivePAliveByParetoNbd(PARETO_NBD, { repeats: 0, lastAt: 0, age }),
  )
  expect(late).toBeLessThan(early)
})

test('days after the end are not there yet, and a day counts once', () => {
  expect(summarizePurchases([107, 100, 100, 121], 114)).toEqual({ repeats: 1, lastAt: 1, age: 2 })
  expect(summarizePurchases([121], 114)).toBeUndefined()
  const days = [
    { day: 100, amount: 500 },
    { day: 107, amount: 10 },
    { day: 108, amount: 0 },
    { day: 109, amount: 30 },
    { day: 121, amount: 900 },
  ]
  expect(summarizeSpending(days, 114)).toEqual({ repeats: 2, mean: 20 })
  expect(summarizeSpending(days.slice(0, 1), 114)).toBeUndefined()
})

test('buyers who do as the model says give back its parameters, and what they will do', () => {
  const invented = inventBuyers(1_500, { alpha: 5, b: 4, days: 730, seed: 7 })
  const { parameters, converged } = fitBgNbd(groupSummaries(invented.map((days) => summarizePurchases(days, 364)!)))
  expect(converged).toBe(true)
  // Purchases of one day are one, which slows the busiest down a little.
  for (const [name, value] of Object.entries({ r: 1, alpha: 5, a: 1, b: 4 }))
    expect(Math.abs(parameters[name as keyof typeof parameters] / value - 1), name).toBeLessThan(0.3)
  const histories = invented.map((bought) => bought.map((day) => ({ day, amount: 10 })))
  const { holdOut } = fitLifetime('bg_nbd', histories, 729)!
  expect(holdOut!.weeks).toBeCloseTo(730 / 3 / 7, 0)
  expect(Math.abs(holdOut!.expected / holdOut!.actual - 1)).toBeLessThan(0.1)
})

test('too few who came back say nothing of anybody', () => {
  const once = Array.from({ length: 1_000 }, (_, n) => [{ day: n % 90, amount: 10 }])
  const twice = Array.from({ length: 49 }, (_, n) => [
    { day: n, amount: 10 },
    { day: n + 20, amount: 10 },
  ])
  expect(fitLifetime('bg_nbd', [...once, ...twice], 100)).toBeUndefined()
})
