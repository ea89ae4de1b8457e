import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveCutPoints } from '../../src/feature/derive-cut-points.ts'
import { scoreRfm } from '../../src/feature/score-rfm.ts'
import type { RfmRow } from '../../src/feature/score-rfm.ts'

const rowLists: fc.Arbitrary<RfmRow[]> = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: 500 }).map((n) => `prf_${n}`),
    recencyDays: fc.integer({ min: -1, max: 12 }),
    frequency: fc.integer({ min: 1, max: 4 }),
    monetary: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  }),
  { selector: (row) => row.id, maxLength: 60 },
)

function buyers(values: readonly number[]): RfmRow[] {
  return values.map((value, index) => ({ id: `prf_${index}`, recencyDays: value, frequency: value, monetary: value }))
}

/** SQL's ntile, as its definition reads. */
function ntileBySorting(rows: readonly RfmRow[], goodness: (row: RfmRow) => number): Map<string, number> {
  const ordered = rows.toSorted((a, b) => goodness(a) - goodness(b) || (a.id < b.id ? -1 : 1))
  const scores = new Map<string, number>()
  let place = 0
  for (let bin = 1; bin <= 5; bin += 1) {
    const size = Math.floor(ordered.length / 5) + (bin <= ordered.length % 5 ? 1 : 0)
    for (const row of ordered.slice(place, place + size)) scores.set(row.id, bin)
    place += size
  }
  return scores
}

describe('scoreRfm by ntile', () => {
  it('gives the most recent, frequent and valuable a 5', () => {
    const rows = [10, 20, 30, 40, 50].map((days, index) => ({
      id: `prf_${index}`,
      recencyDays: days,
      frequency: 5 - index,
      monetary: 500 - index * 100,
    }))
    const { scores, cutPoints } = scoreRfm(rows, 'ntile')
    expect(scores.map((score) => score.combined)).toEqual([555, 444, 333, 222, 111])
    expect(cutPoints).toEqual({ r: [10, 20, 30, 40], f: [1, 2, 3, 4], m: [100, 200, 300, 400] })
  })

  it('fills five bins as SQL does: the worst hold one more, ties go by id', () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const r = ntileBySorting(rows, (row) => -row.recencyDays)
        const f = ntileBySorting(rows, (row) => row.frequency)
        const m = ntileBySorting(rows, (row) => row.monetary)
        for (const score of scoreRfm(rows, 'ntile').scores) {
          expect([score.r, score.f, score.m]).toEqual([r.get(score.id), f.get(score.id), m.get(score.id)])
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('scoreRfm by cume_dist', () => {
  it('is five times the share at most as good, rounded up', () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const { scores } = scoreRfm(rows, 'cume_dist')
        for (const [index, row] of rows.entries()) {
          const atMost = (is: (other: RfmRow) => boolean) => Math.ceil((5 * rows.filter(is).length) / rows.length)
          expect(scores[index]).toMatchObject({
            r: atMost((other) => other.recencyDays >= row.recencyDays),
            f: atMost((other) => other.frequency <= row.frequency),
            m: atMost((other) => other.monetary <= row.monetary),
          })
        }
      }),
    )
  })

  it('never parts equal values, and its cut points given back as fixed ones say the same', () => {
    fc.assert(
      fc.property(rowLists, (rows) => {
        const { scores, cutPoints } = scoreRfm(rows, 'cume_dist')
        expect(scoreRfm(rows, 'fixed', cutPoints).scores).toEqual(scores)
      }),
    )
  })
})

describe('scoreRfm by fixed cut points', () => {
  const cutPoints = { r: [7, 30, 90, 365], f: [1, 2, 5, 10], m: [50, 100, 500, 1000] }

  it('keeps a value equal to a cut point within it', () => {
    const rows: RfmRow[] = [
      { id: 'a', recencyDays: 7, frequency: 1, monetary: 50 },
      { id: 'b', recencyDays: 8, frequency: 2, monetary: 50.01 },
      { id: 'c', recencyDays: 365, frequency: 10, monetary: 1000 },
      { id: 'd', recencyDays: 366, frequency: 11, monetary: 1000.01 },
    ]
    expect(scoreRfm(rows, 'fixed', cutPoints).scores.map((score) => score.combined)).toEqual([511, 422, 244, 155])
  })

  it('needs four cut points for each measure', () => {
    expect(() => scoreRfm([], 'fixed')).toThrow(expect.objectContaining({ code: 'rfm.no_cut_points' }))
    expect(() => scoreRfm([], 'fixed', { ...cutPoints, m: [1] })).toThrow(
      expect.objectContaining({ code: 'rfm.no_cut_points' }),
    )
  })
})

describe('scoreRfm', () => {
  it('has nobody to score among nobody', () => {
    expect(scoreRfm([], 'ntile').scores).toEqual([])
    expect(scoreRfm([], 'cume_dist').scores).toEqual([])
  })

  it('does not depend on the order of the rows', () => {
    const shuffled = rowLists.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, fc.constantFrom('ntile' as const, 'cume_dist' as const), ([rows, other], method) => {
        const byId = (list: readonly { id: string }[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
        const one = scoreRfm(rows, method)
        const two = scoreRfm(other, method)
        expect(byId(two.scores)).toEqual(byId(one.scores))
        expect(two.cutPoints).toEqual(one.cutPoints)
      }),
    )
  })

  it('gives 1 to 5, and never less for better', () => {
    fc.assert(
      fc.property(rowLists, fc.constantFrom('ntile' as const, 'cume_dist' as const), (rows, method) => {
        const { scores } = scoreRfm(rows, method)
        for (const [a, rowA] of rows.entries()) {
          for (const [b, rowB] of rows.entries()) {
            const [scoreA, scoreB] = [scores[a], scores[b]]
            if (!scoreA || !scoreB) continue
            expect(scoreA.m).toBeGreaterThanOrEqual(1)
            expect(scoreA.m).toBeLessThanOrEqual(5)
            if (rowA.monetary > rowB.monetary) expect(scoreA.m).toBeGreaterThanOrEqual(scoreB.m)
            if (rowA.recencyDays < rowB.recencyDays) expect(scoreA.r).toBeGreaterThanOrEqual(scoreB.r)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('ranks by the share strictly worse, so that at most 20 % are in the top 20 %', () => {
    const { scores } = scoreRfm(buyers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 'ntile')
    expect(scores.filter((score) => score.monetaryPercentile >= 0.8).map((score) => score.id)).toEqual([
      'prf_8',
      'prf_9',
    ])
    expect(scores.filter((score) => score.recencyPercentile >= 0.8).map((score) => score.id)).toEqual([
      'prf_0',
      'prf_1',
    ])
    const equal = scoreRfm(buyers([4, 4, 4, 4, 4]), 'ntile').scores
    expect(equal.map((score) => score.monetaryPercentile)).toEqual([0, 0, 0, 0, 0])
    fc.assert(
      fc.property(rowLists, (rows) => {
        const top = scoreRfm(rows, 'ntile').scores.filter((score) => score.monetaryPercentile >= 0.8)
        expect(top.length).toBeLessThanOrEqual(rows.length / 5)
      }),
    )
  })

  it('gives z-scores, zero where all are equal', () => {
    const { scores } = scoreRfm(buyers([1, 2, 3]), 'ntile')
    expect(scores.map((score) => score.monetaryZ)).toEqual([-Math.sqrt(1.5), 0, Math.sqrt(1.5)])
    expect(scoreRfm(buyers([0.1, 0.1, 0.1]), 'ntile').scores.map((score) => score.monetaryZ)).toEqual([0, 0, 0])
  })

  it('refuses numbers that are none, and a buyer who is there twice', () => {
    const [row] = buyers([1]) as [RfmRow]
    expect(() => scoreRfm([{ ...row, monetary: Number.NaN }], 'ntile')).toThrow(
      expect.objectContaining({ code: 'rfm.not_finite' }),
    )
    expect(() => scoreRfm([row, row], 'ntile')).toThrow(expect.objectContaining({ code: 'rfm.repeated_id' }))
  })
})

describe('deriveCutPoints', () => {
  it('is R type 7', () => {
    expect(deriveCutPoints([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5)).toEqual([2.8, 4.6, 6.4, 8.2])
    expect(deriveCutPoints([10, 1, 7, 3], 4)).toEqual([2.5, 5, 7.75])
    expect(deriveCutPoints([5], 5)).toEqual([5, 5, 5, 5])
    expect(deriveCutPoints([], 5)).toEqual([])
  })

  it('rounds a quantile up to a whole number, but not one that is whole already', () => {
    expect(deriveCutPoints([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 'up')).toEqual([3, 5, 7, 9])
    const whole = Array.from({ length: 996 }, (_, index) => index)
    expect(deriveCutPoints(whole, 5, 'up')).toEqual([199, 398, 597, 796])
  })
})
