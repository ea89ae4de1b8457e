import { describe, expect, test } from 'vitest'
import {
  derivePAliveByBgNbd,
  expectPurchasesByBgNbd,
  expectPurchasesOfNewByBgNbd,
  fitBgNbd,
} from '../../../src/feature/lifetime/bg-nbd.ts'
import { fitLifetime, openForetelling } from '../../../src/feature/lifetime/fit-lifetime.ts'
import { expectSpending, fitGammaGamma } from '../../../src/feature/lifetime/gamma-gamma.ts'
import { expectPurchasesByParetoNbd, fitParetoNbd } from '../../../src/feature/lifetime/pareto-nbd.ts'
import { groupSummaries, summarizePurchases } from '../../../src/feature/lifetime/purchase-summary.ts'
import { hasCdnow, readCdnowHistories, readCdnowSummary, toDay } from './build-buyers.ts'

/** `data/behaviour/oracles/clv_oracles.json`, from scipy; the published values agree to the digits they have. */
const BG_NBD = { r: 0.2425929172, alpha: 4.413531835, a: 0.7928859893, b: 2.425753051 }
const PARETO_NBD = { r: 0.5532754839, alpha: 10.5776121, s: 0.6062136675, beta: 11.66791476 }

const END = toDay('19970930')

describe.skipIf(!hasCdnow)('2,357 customers of CDNOW, whose results are published [E8]', () => {
  test('BG/NBD: parameters, likelihood, chances and expectations', () => {
    const { summaries } = readCdnowSummary()
    const { parameters, logLikelihood, converged } = fitBgNbd(groupSummaries(summaries))
    expect(converged).toBe(true)
    for (const [name, value] of Object.entries(BG_NBD))
      expect(parameters[name as keyof typeof BG_NBD] / value, name).toBeCloseTo(1, 4)
    expect(logLikelihood).toBeCloseTo(-9582.42556, 4)
    const first = { repeats: 2, lastAt: 30.43, age: 38.86 }
    expect(derivePAliveByBgNbd(BG_NBD, first)).toBeCloseTo(0.7266092, 6)
    expect(expectPurchasesByBgNbd(BG_NBD, first, 39)).toBeCloseTo(1.2259105, 6)
    const alive = summaries.reduce((sum, buyer) => sum + derivePAliveByBgNbd(BG_NBD, buyer), 0)
    expect(alive).toBeCloseTo(1917.276348, 4)
    const expected = summaries.reduce((sum, buyer) => sum + expectPurchasesByBgNbd(BG_NBD, buyer, 39), 0)
    expect(expected).toBeCloseTo(1653.42335, 4)
    const ofNew = [1 / 7, 1, 3, 31.8571, 32, 78].map((weeks) => expectPurchasesOfNewByBgNbd(BG_NBD, weeks))
    for (const [n, value] of [0.00781374, 0.05318474, 0.15063193, 1.04049433, 1.04373726, 1.85797189].entries())
      expect(ofNew[n]).toBeCloseTo(value, 6)
  })

  test('Pareto/NBD: parameters, likelihood and an expectation', () => {
    const { parameters, logLikelihood, converged } = fitParetoNbd(groupSummaries(readCdnowSummary().summaries))
    expect(converged).toBe(true)
    for (const [name, value] of Object.entries(PARETO_NBD))
      expect(parameters[name as keyof typeof PARETO_NBD] / value, name).toBeCloseTo(1, 3)
    expect(logLikelihood).toBeCloseTo(-9594.97393, 4)
    expect(expectPurchasesByParetoNbd(PARETO_NBD, { repeats: 26, lastAt: 30.86, age: 31 }, 52)).toBeCloseTo(25.46, 1)
  })

  test('Gamma–Gamma: parameters, likelihood and what is expected of the first ten', () => {
    const { summaries, spent } = readCdnowSummary()
    const { parameters, logLikelihood } = fitGammaGamma(spent)
    expect(spent).toHaveLength(946)
    expect(parameters.p / 6.248801737).toBeCloseTo(1, 3)
    expect(parameters.q / 3.744588468).toBeCloseTo(1, 4)
    expect(parameters.v / 15.44775015).toBeCloseTo(1, 3)
    expect(logLikelihood).toBeCloseTo(-4055.923243, 4)
    let next = 0
    const means = summaries
      .slice(0, 10)
      .map(({ repeats }) => expectSpending(parameters, repeats > 0 ? spent[next++] : undefined))
    const expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    for (const [n, value] of expected.entries()) expect(Math.abs((means[n] ?? 0) - value), String(n)).toBeLessThan(0.01)
  })

  test('raw purchases make the published summary: a day with any purchase counts once', () => {
    const { summaries } = readCdnowSummary()
    const own = readCdnowHistories().map((days) =>
      summarizePurchases(
        days.map(({ day }) => day),
        END,
      ),
    )
    expect(own).toHaveLength(summaries.length)
    for (const [n, published] of summaries.entries()) {
      expect(own[n]?.repeats).toBe(published.repeats)
      expect(Math.abs((own[n]?.lastAt ?? NaN) - published.lastAt)).toBeLessThan(0.0044)
      expect(Math.abs((own[n]?.age ?? NaN) - published.age)).toBeLessThan(0.0044)
    }
  })

  test('the error on what was kept apart is told, and what a buyer is worth is their purchases at a discount', () => {
    const histories = readCdnowHistories()
    const lifetime = fitLifetime('bg_nbd', histories, toDay('19980630'))!
    expect(lifetime).toMatchObject({ buyers: 2_357, holdOut: { buyers: 2_357 } })
    const { expected, actual } = lifetime.holdOut!
    expect(expected / actual).toBeGreaterThan(0.9)
    expect(expected / actual).toBeLessThan(1.1)
    const buyer = { repeats: 2, lastAt: 30.43, age: 38.86 }
    const spent = { repeats: 2, mean: 22.35 }
    const plain = openForetelling(lifetime, { horizonDays: 360, discount: 0 })(buyer, spent)
    const dear = openForetelling(lifetime, { horizonDays: 360, discount: 0.21 })(buyer, spent)
    const mean = expectSpending(lifetime.spending!.parameters, spent)!
    expect(plain.lifetimeValue).toBeCloseTo(plain.expectedPurchases * mean, 8)
    expect(dear.lifetimeValue! / plain.lifetimeValue!).toBeLessThan(1)
    expect(dear.lifetimeValue! / plain.lifetimeValue!).toBeGreaterThan(1 / 1.21)
  })

  test('what is foretold of a buyer is the same whoever was asked for before, of one history or of another', () => {
    const lifetime = fitLifetime('bg_nbd', readCdnowHistories(), toDay('19980630'))!
    const horizon = { horizonDays: 360, discount: 0.1 }
    const buyers = [
      { buyer: { repeats: 2, lastAt: 30.43, age: 38.86 }, spent: { repeats: 2, mean: 22.35 } },
      { buyer: { repeats: 2, lastAt: 30.43, age: 38.86 }, spent: { repeats: 2, mean: 71.5 } },
      { buyer: { repeats: 2, lastAt: 30.43, age: 38.86 }, spent: undefined },
      { buyer: { repeats: 2, lastAt: 12.5, age: 38.86 }, spent: { repeats: 2, mean: 22.35 } },
      { buyer: { repeats: 3, lastAt: 30.43, age: 38.86 }, spent: { repeats: 2, mean: 22.35 } },
      { buyer: { repeats: 2, lastAt: 30.43, age: 45 }, spent: { repeats: 2, mean: 22.35 } },
    ]
    const foretell = openForetelling(lifetime, horizon)
    const together = [...buyers, ...buyers].map(({ buyer, spent }) => foretell(buyer, spent))
    const alone = [...buyers, ...buyers].map(({ buyer, spent }) => openForetelling(lifetime, horizon)(buyer, spent))
    expect(together).toEqual(alone)
    expect(new Set(alone.map(({ lifetimeValue }) => lifetimeValue)).size).toBe(buyers.length)
  })
})
